/** `find`: finds items below a folder that meet conditions. */
import {
  type FindCriteria,
  formatPath,
  type ItemKind,
  parseMoment,
  parseSizeRange,
  type WalkEntry,
} from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { unplacedItems } from '../actions/unplaced-items.ts';
import { startPath } from '../arguments/start-path.ts';
import type { Context } from '../context.ts';
import { defineCommand, type OptionsOf } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { columnProperties } from '../output/columns-select.ts';
import { writesEach } from '../output/print-each.ts';
import { wantsObjects } from '../output/printer.ts';
import { styledName } from '../output/styled.ts';

const kinds = { file: ['file'], folder: ['folder'], notebook: ['package'], shortcut: ['remote'] } as const;

const conditions = [
  {
    name: 'name',
    short: 'n',
    value: 'PATTERN',
    description: "match the name: '*.jpg', 'IMG_????.*', '[a-c]*'",
  },
  {
    name: 'path-pattern',
    value: 'PATTERN',
    description: "match the path below the folder: 'Photos/**/*.jpg'",
  },
  {
    name: 'type',
    short: 't',
    value: 'TYPE',
    choices: Object.keys(kinds),
    description: 'match only this type',
  },
  { name: 'size', short: 's', value: 'RANGE', description: 'match files of this size: +10M, -1K, 1M..2M' },
  {
    name: 'since',
    formerly: ['--newer'],
    value: 'WHEN',
    description: 'match items modified since then: 7d, 12h, or 2026-01-31',
  },
  {
    name: 'until',
    formerly: ['--older'],
    value: 'WHEN',
    description: 'match items last modified before then',
  },
  {
    name: 'hash',
    value: 'HASH',
    description: 'match files with this hash, of any type that the service reports',
  },
  { name: 'depth', short: 'd', value: 'N', description: 'search only N levels deep' },
] as const;

export const command = defineCommand({
  name: 'find',
  group: 'browse',
  access: 'read',
  summary: 'Find files and folders below a folder by name, type, size, age or hash',
  description:
    'All conditions must match. Patterns are globs and ignore letter case. The results are\ncomplete, unlike those of search, because the folders themselves are read. --json and\n--ndjson print items as they arrive, in no particular order.',
  lists: 'lines',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: conditions,
  examples: [
    { line: "find -n '*.jpg' Photos", note: 'find photos by name' },
    { line: 'find -s +100M --until 1y', note: 'find large files that have not changed for a year' },
    { line: "find -n '*.tmp' -0 | xargs -0 onedrive-cli rm", note: 'delete the results' },
  ],
  async run(context, { folder }, options) {
    const criteria = criteriaOf(options, context.clock.now());
    const drive = await context.drive();
    const start = await startPath(drive, folder ?? '', context);
    const { depth } = options;
    const columns = columnProperties(context.flags);
    const unplaced = unplacedItems(context);
    const walk = drive.find(folder ?? '', criteria, {
      ...context.call,
      onUnplaced: unplaced.onUnplaced,
      order: writesEach(context.flags) ? 'arrival' : 'name',
      select: needed(context, criteria, columns),
      ...(depth === undefined ? {} : { depth: wholeNumber(depth, '--depth') }),
    });
    await context.printEach(
      lines(walk, start, wantsObjects(context.flags) ? describer(columns) : styledName),
    );
    return unplaced.report();
  },
});

/** The printed form of an item at a path. */
type Describe = (item: DriveItem, path: string) => unknown;

async function* lines(walk: AsyncIterable<WalkEntry>, start: readonly string[], describe: Describe) {
  for await (const { item, path } of walk) yield describe(item, formatPath([...start, ...path]));
}

/** The whole item, or only its printed properties. */
function describer(columns: readonly string[] | undefined): Describe {
  if (columns === undefined) return (item, path) => ({ path, ...item });
  const properties = ['id', 'name', ...columns] as readonly (keyof DriveItem)[];
  return (item, path) => ({ path, ...Object.fromEntries(properties.map((name) => [name, item[name]])) });
}

/** The properties that conditions and output need, to save memory; undefined for all. */
function needed(
  { flags, streams }: Context,
  criteria: FindCriteria,
  columns: readonly string[] | undefined,
): readonly string[] | undefined {
  const printed = wantsObjects(flags) ? columns : streams.stdout.isTTY ? ['webUrl'] : [];
  return printed && [...printed, ...tested(criteria)];
}

function tested({ hash, size, since, before }: FindCriteria): readonly string[] {
  return [
    ...(size === undefined ? [] : ['size']),
    ...((since ?? before) === undefined ? [] : ['lastModifiedDateTime', 'fileSystemInfo']),
    ...(hash === undefined ? [] : ['file']),
  ];
}

function criteriaOf(options: OptionsOf<typeof conditions>, now: number): FindCriteria {
  const { name, hash, size, since, until, type } = options;
  return {
    name,
    hash,
    path: options['path-pattern'],
    kinds: type === undefined ? undefined : (kinds[type as keyof typeof kinds] satisfies readonly ItemKind[]),
    size: size === undefined ? undefined : parseSizeRange(size),
    since: since === undefined ? undefined : parseMoment(since, now),
    before: until === undefined ? undefined : parseMoment(until, now),
  };
}
