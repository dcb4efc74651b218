/** `migrate`: converts a python-onedrive configuration to a new one for Microsoft Graph. */
import { selectProfile } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import { localStat, orLocalError } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { graphConfigOf, migrationNotes } from '../migration/graph-config.ts';

export const command = defineCommand({
  name: 'migrate',
  group: 'more',
  summary: 'Convert a python-onedrive configuration for the Microsoft Graph API',
  description: [
    'Reads the configuration (~/.lcrc, or the file given with --config), lists the changes,',
    'and writes a new file for the Microsoft Graph API. The old file is not changed. An',
    'existing new file is overwritten only with --force.',
  ].join('\n'),
  options: [
    {
      name: 'to',
      value: 'FILE',
      description: 'file to write (default: the old name with -graph.yaml added)',
    },
    { name: 'client-id', value: 'ID', description: 'id of the application registered for Microsoft Graph' },
    { name: 'force', short: 'f', description: 'overwrite an existing file' },
    { name: 'dry-run', short: 'n', description: 'print the changes without writing a file' },
  ],
  examples: [
    { line: 'migrate', note: 'convert ~/.lcrc to ~/.lcrc-graph.yaml' },
    {
      line: 'migrate --client-id 11111111-2222-3333-4444-555555555555',
      note: 'also set the new application',
    },
    { line: 'migrate --dry-run', note: 'only print the changes' },
  ],
  async run(context, _, options) {
    const config = await context.config();
    if (!config.exists) throw nothingToMigrate(config.path);
    const profile = selectProfile(config, context.flags.profile);
    const target = options.to === undefined ? `${config.path}-graph.yaml` : context.localPath(options.to);
    if (target === config.path) throw sameFile(target);
    const client = options['client-id'];
    for (const note of migrationNotes(profile, client)) await context.note(note);
    if (options['dry-run']) return;
    await write(context, target, graphConfigOf(profile, config.path, client), options.force);
    await context.note(`Wrote ${target}. Next, sign in: onedrive-cli -c ${target} auth`);
    await context.result({ from: config.path, to: target });
  },
});

async function write(context: Context, target: string, text: string, force: boolean): Promise<void> {
  if (!force && (await localStat(context, target, 'write')) !== undefined) {
    throw new OneDriveError('conflict', `${target} exists already.`, {
      hint: 'Choose another file with --to, or overwrite it with --force.',
    });
  }
  const { replaceFile } = await import('onedrive-kit/internal/platform/node/replace-file');
  const bytes = new TextEncoder().encode(text);
  await orLocalError(replaceFile(context.fs, target, bytes, {}), 'write', target);
}

function nothingToMigrate(path: string): OneDriveError {
  return new OneDriveError('config', `There is no configuration to migrate: ${path} does not exist.`, {
    hint: 'Pass the configuration file of python-onedrive: onedrive-cli -c FILE migrate',
  });
}

function sameFile(path: string): OneDriveError {
  return new OneDriveError('usage', `--to is ${path}, the file to convert, which must not be overwritten.`);
}
