/** `dups`: finds files with the same content. */
import { findDuplicates, formatPath } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { unplacedItems } from '../actions/unplaced-items.ts';
import { startPath } from '../arguments/start-path.ts';
import { defineCommand } from '../definition/command.ts';
import { countText } from '../output/count-text.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'dups',
  group: 'browse',
  access: 'read',
  summary: 'Find files with the same content, by their hashes',
  description:
    'Compares the hashes that the service stores, without a download. Prints one path per\nline and a blank line between groups; groups that waste the most space come first. Empty\nfiles are ignored.',
  lists: 'lines',
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
    await context.print(wantsObjects(context.flags) ? groups : lines(groups, context.flags.nul));
    if (groups.length > 0 && context.streams.stderr.isTTY) {
      const wasted = groups.reduce((sum, group) => sum + group.wasted, 0);
      await context.note(`${countText(groups.length, 'group')} of equal files, ${humanSize(wasted)} wasted.`);
    }
    return unplaced.report();
  },
});

/** The paths, with an empty line between groups; without it where entries end with a NUL. */
function lines(groups: readonly { readonly paths: readonly string[] }[], nul: boolean): readonly string[] {
  return groups.flatMap(({ paths }, at) => (at === 0 || nul ? paths : ['', ...paths]));
}
