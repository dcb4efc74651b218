/** `versions get`: downloads an earlier version of a file. */
import { downloadVersion, pathSink, streamSink } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { localStat } from '../../arguments/local-file.ts';
import { defineCommand } from '../../definition/command.ts';
import { binaryHints, contentWriter } from '../../output/binary-guard.ts';
import { progressBar } from '../../output/progress.ts';

export const command = defineCommand({
  name: 'versions_get',
  group: 'change',
  access: 'read',
  summary: 'Download an earlier version of a file',
  description:
    'The download is resumed and verified like that of get. The service reports a hash only\nfor the current version; earlier ones are verified by size.',
  arguments: [
    { name: 'file', description: 'path, id or URL', names: 'item' },
    { name: 'version', description: 'number of the version, as listed by versions list' },
    {
      name: 'dst',
      description: 'local file, or - for stdout (default: stdout)',
      optional: true,
      names: 'local',
    },
  ],
  options: [{ name: 'force', short: 'f', description: 'replace an existing local file' }],
  examples: [
    { line: 'versions get report.docx 2.0 old.docx', note: 'download into a file' },
    { line: 'versions get notes.txt 1.0', note: 'print a version' },
  ],
  async run(context, { file, version, dst }, { force }) {
    const { streams, clock, flags } = context;
    const drive = await context.drive();
    const path = dst === undefined || dst === '-' ? undefined : context.localPath(dst);
    if (path !== undefined && !force && (await localStat(context, path, 'write')) !== undefined)
      throw new OneDriveError('local-file', `${path} exists already.`, {
        hint: 'Choose another file, or add --force to replace it.',
      });
    const sink =
      path === undefined
        ? streamSink(
            dst === '-'
              ? (bytes) => streams.stdout.write(bytes)
              : contentWriter(streams.stdout, binaryHints.target),
          )
        : pathSink(context.fs, path, { random: context.random });
    const quiet = flags.quiet || (path === undefined && streams.stdout.isTTY);
    const bar = progressBar({ stderr: streams.stderr, clock, quiet, label: `${file} ${version}` });
    try {
      const { item, verdict, size, hash } = await downloadVersion(drive.context, file, version, sink, {
        ...context.call,
        onProgress: ({ loaded, total }) => bar.update(loaded, total),
      });
      if (path !== undefined) await context.result({ name: item.name, version, size, verdict, hash });
    } finally {
      await bar.end();
    }
  },
});
