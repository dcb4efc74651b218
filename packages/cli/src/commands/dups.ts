/** `dups`: files that are there more than once. */
import { findDuplicates, formatPath } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { startPath } from '../arguments/start-path.ts';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'dups',
  group: 'browse',
  access: 'read',
  summary: 'Find files with the same content, by their hashes',
  description:
    'Nothing is downloaded: the service has the hash of each file. Groups that waste the most\nspace come first. Empty files are ignored.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  examples: [
    { line: 'dups Photos', note: 'duplicate photos' },
    { line: "dups --json --query '[].paths[1:][]'", note: 'all but the first of each, for a script' },
  ],
  async run(context, { folder = '' }) {
    const drive = await context.drive();
    if ((await context.live()) !== undefined) {
      throw new OneDriveError('not-supported', 'The Live v5.0 API has no hashes of files to compare.');
    }
    const start = await startPath(drive, folder, context);
    const entries = drive.subtree(folder, { ...context.call, select: ['size', 'file'] });
    const groups = (await findDuplicates(entries)).map(({ entries: equal, ...group }) => ({
      ...group,
      paths: equal.map(({ path }) => formatPath([...start, ...path])),
    }));
    if (wantsObjects(context.flags)) return context.print(groups);
    await context.print(
      groups.map(({ paths, size, wasted }) => ({
        [`${paths.length} × ${humanSize(size)}, ${humanSize(wasted)} wasted`]: paths,
      })),
    );
  },
});
