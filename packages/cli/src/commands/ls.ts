/** `ls`: lists folders and files. */
import { type ListedGroup, listPaths } from '../actions/list-paths.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { listRange } from '../definition/list-range.ts';
import { gridText } from '../output/grid.ts';
import { longList } from '../output/long-list.ts';
import { printable } from '../output/printable.ts';
import { wantsObjects } from '../output/printer.ts';
import { styledName, terminalOf } from '../output/styled.ts';

export const command = defineCommand({
  name: 'ls',
  group: 'browse',
  access: 'read',
  summary: 'List folders and files',
  description:
    'Prints names, sorted. With several folders, each list has a heading. --objects, --json,\n--query and --object-key print whole objects. To print one name per line, without\nbullets, by default: ONEDRIVE_OUTPUT=plain, or `output: plain` in the configuration.',
  arguments: [
    {
      name: 'path',
      description: 'paths or ids of folders and files (default: the root of the drive)',
      ...{ optional: true, variadic: true, names: 'folder' },
    },
  ],
  options: [
    {
      name: 'long',
      short: 'l',
      description: 'print size, modification time and name; folders end with a slash',
    },
    { name: 'bytes', description: 'with --long: print sizes in bytes' },
    { name: 'grid', short: 'C', description: 'print names in columns' },
    {
      name: 'subfolders',
      short: 'R',
      description: 'list everything below the folders too, as relative paths',
    },
    { name: 'by-time', short: 't', description: 'sort by modification time, newest first' },
    { name: 'by-size', short: 'S', description: 'sort by size, largest first' },
    {
      name: 'range',
      short: 'r',
      value: 'RANGE',
      description: 'print a part of the list, in the order of the service: LIMIT, OFFSET- or OFFSET-LIMIT',
    },
    { name: 'objects', short: 'o', description: 'print whole objects, not only names' },
  ],
  examples: [
    { line: 'ls', note: 'list the root' },
    { line: 'ls -l Documents Pictures', note: 'list two folders with sizes and times' },
    { line: 'ls -1 -t Documents', note: 'print one name per line, newest first' },
    { line: "ls -l 'Documents/*.docx'", note: 'list the files that match' },
    { line: 'ls -r 20-10 Pics', note: 'list ten entries after the first twenty' },
    { line: "ls -k '{name}: {size}' Pics", note: 'print names and sizes' },
  ],
  async run(context, { path }, options) {
    const range = options.range === undefined ? {} : listRange(options.range);
    const order = options['by-time'] ? 'time' : options['by-size'] ? 'size' : 'name';
    const { groups, status } = await listPaths(context, path, { range, order, deep: options.subfolders });
    if (options.objects || wantsObjects(context.flags))
      await context.print(
        groups.flatMap(({ entries }) => entries.map((entry) => objectOf(entry, options.subfolders))),
      );
    else await printGroups(context, groups, options);
    return status;
  },
});

type Entry = ListedGroup['entries'][number];

function objectOf({ path, item }: Entry, deep: boolean): unknown {
  return deep ? { path, ...item } : item;
}

interface Layout {
  readonly long: boolean;
  readonly bytes: boolean;
  readonly grid: boolean;
}

/** Prints the lists, with a heading for each folder if there are several. */
async function printGroups(context: Context, groups: readonly ListedGroup[], layout: Layout): Promise<void> {
  const { stdout } = context.streams;
  const hasHeadings = groups.length > 1 && !context.flags.nul;
  for (const [at, { heading, entries }] of groups.entries()) {
    if (hasHeadings && at > 0) await stdout.write('\n');
    if (hasHeadings && heading !== undefined) await stdout.write(`${printable(heading)}:\n`);
    await printEntries(context, entries, layout);
  }
}

async function printEntries(
  context: Context,
  entries: readonly Entry[],
  { long, bytes, grid }: Layout,
): Promise<void> {
  const { stdout } = context.streams;
  const names = entries.map(({ path, item }) => styledName(item, path));
  const isText = !context.flags.nul && entries.length > 0;
  const terminal = terminalOf(stdout.isTTY, context.env);
  if (long && isText) await stdout.write(longList(entries, { bytes, terminal }));
  else if (grid && isText) await stdout.write(gridText(names, { terminal, width: widthOf(context) }));
  else await context.print(names);
}

/** The width of the terminal in columns; 80 in a pipe, unless COLUMNS is set. */
function widthOf({ streams, env }: Context): number {
  const columns = Number(env['COLUMNS']);
  return streams.stdout.columns ?? (Number.isInteger(columns) && columns > 0 ? columns : 80);
}
