/** `migrate`: from the older tool's configuration to a profile for Microsoft Graph, beside it. */
import { selectProfile } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import { localStat, orLocalError } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { graphConfigOf, migrationNotes } from '../migration/graph-config.ts';

export const command = defineCommand({
  name: 'migrate',
  group: 'more',
  summary: "Make a Microsoft Graph profile of the older tool's configuration",
  description: [
    'Reads the configuration (~/.lcrc, or the file given with --config), lists the changes,',
    'and writes a new file for Microsoft Graph beside it. The old file is not changed. An',
    'existing new file is not overwritten unless --force is given.',
  ].join('\n'),
  options: [
    { name: 'to', value: 'FILE', description: 'file to write (default: the old name and -graph.yaml)' },
    { name: 'client-id', value: 'ID', description: 'the application as registered for Microsoft Graph' },
    { name: 'force', description: 'overwrite an existing file' },
    { name: 'dry-run', description: 'print what would change and write nothing' },
  ],
  examples: [
    { line: 'migrate', note: 'from ~/.lcrc to ~/.lcrc-graph.yaml' },
    { line: 'migrate --client-id 11111111-2222-3333-4444-555555555555', note: 'with the new application' },
    { line: 'migrate --dry-run', note: 'only the explanation' },
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
    await context.note(`Written: ${target}. Next: onedrive-cli -c ${target} auth`);
    await context.result({ from: config.path, to: target });
  },
});

async function write(context: Context, target: string, text: string, force: boolean): Promise<void> {
  if (!force && (await localStat(context, target, 'write')) !== undefined) {
    throw new OneDriveError('conflict', `${target} is there already.`, {
      hint: 'Name another file with --to, or write over it with --force.',
    });
  }
  const { replaceFile } = await import('onedrive-kit/internal/platform/node/replace-file');
  const bytes = new TextEncoder().encode(text);
  await orLocalError(replaceFile(context.fs, target, bytes, {}), 'write', target);
}

function nothingToMigrate(path: string): OneDriveError {
  return new OneDriveError('config', `There is no configuration to migrate: ${path} does not exist.`, {
    hint: 'Name the file of the older tool with -c.',
  });
}

function sameFile(path: string): OneDriveError {
  return new OneDriveError('usage', `--to names ${path} itself, which is not to be touched.`);
}
