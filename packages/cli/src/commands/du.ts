/** `du`: adds up sizes per folder. */
import { diskUsage, formatPath, type Usage } from 'onedrive-kit/drive';
import { unplacedItems } from '../actions/unplaced-items.ts';
import { writeLocalText } from '../arguments/local-file.ts';
import { startPath } from '../arguments/start-path.ts';
import { defineCommand } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { wantsObjects } from '../output/printer.ts';
import { reportFacts } from '../output/report-facts.ts';
import { rowsOf } from '../output/rows.ts';
import { humanSize } from '../output/size.ts';
import { noTerminal } from '../output/styled.ts';
import { table } from '../output/table.ts';
import { treemapPage } from '../output/treemap.ts';

export const command = defineCommand({
  name: 'du',
  group: 'browse',
  access: 'read',
  summary: 'Show how much space each folder takes, largest first',
  description:
    'Adds up the files below a folder; old versions and the recycle bin are not included\n(see quota). --html writes a page with a treemap instead.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    {
      name: 'depth',
      short: 'd',
      value: 'N',
      default: '1',
      description: 'depth to display; 0 = total only',
    },
    { name: 'all', short: 'a', formerly: ['--files'], description: 'also list files' },
    { name: 'html', value: 'FILE', description: 'write a treemap as a self-contained page' },
  ],
  examples: [
    { line: 'du', note: 'show the folders of the root' },
    { line: 'du -d 3 Photos', note: 'show three levels below Photos' },
    { line: 'du --html space.html', note: 'write a treemap of the whole drive' },
  ],
  async run(context, { folder = '' }, options) {
    const depth = wholeNumber(options.depth, '--depth', 0);
    const drive = await context.drive();
    const start = await startPath(drive, folder, context);
    const unplaced = unplacedItems(context);
    const { onUnplaced } = unplaced;
    const entries = drive.subtree(folder, { ...context.call, select: ['size'], onUnplaced });
    if (options.html !== undefined) {
      const usages = await diskUsage(entries, { files: true });
      const path = context.localPath(options.html);
      await writeLocalText(context, path, treemapPage(formatPath(start), usages, await reportFacts(context)));
      await context.note(`Wrote ${path}.`);
      return unplaced.report();
    }
    const usages = await diskUsage(entries, { depth, files: options.all });
    if (wantsObjects(context.flags)) await context.print(usages.map((usage) => lineOf(start, usage)));
    else await context.streams.stdout.write(textOf(start, usages));
    return unplaced.report();
  },
});

/** Sizes and paths in columns, without a heading. */
function textOf(start: readonly string[], usages: readonly Usage[]): string {
  const rows = usages.map(({ size, path }) => [humanSize(size), formatPath([...start, ...path])]);
  const text = table({ ...rowsOf([], ['size', 'path']), rows }, noTerminal);
  return text.slice(text.indexOf('\n') + 1);
}

function lineOf(start: readonly string[], { path, ...usage }: Usage) {
  return { path: formatPath([...start, ...path]), ...usage };
}
