/** `dups`: finds files with the same content. */
import { findDuplicates, formatPath } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { unplacedItems } from '../actions/unplaced-items.ts';
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
    'Compares the hashes that the service stores, without a download. Groups that waste the\nmost space come first. Empty files are ignored.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  examples: [
    { line: 'dups Photos', note: 'find duplicate photos' },
    { line: "dups --json --query '[].paths[1:][]'", note: 'print all except the first of each group' },
  ],
  async run(context, { folder = '' }) {
    const drive = await context.drive();
    if ((await context.live()) !== undefined) {
      throw new OneDriveError('not-supported', 'The Live v5.0 API has no file hashes to compare.');
    }
    const start = await startPath(drive, folder, context);
    const unplaced = unplacedItems(context);
    const { onUnplaced } = unplaced;
    const entries = drive.subtree(folder, { ...context.call, select: ['size', 'file'], onUnplaced });
    const groups = (await findDuplicates(entries)).map(({ entries: equal, ...group }) => ({
      ...group,
      paths: equal.map(({ path }) => formatPath([...start, ...path])),
    }));
    const text = groups.map(({ paths, size, wasted }) => ({
      [`${paths.length} × ${humanSize(size)}, ${humanSize(wasted)} wasted`]: paths,
    }));
    await context.print(wantsObjects(context.flags) ? groups : text);
    return unplaced.report();
  },
});
