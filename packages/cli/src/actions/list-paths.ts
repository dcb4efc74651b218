/** Reads the folders and files that `ls` names. A failure is reported and does not stop the others. */
import { type Drive, itemKind } from 'onedrive-kit/drive';
import { isOneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';
import { collect } from '../definition/collect.ts';
import { byCodeUnit } from '../output/human.ts';
import { onEach } from './each.ts';
import { type UnplacedItems, unplacedItems } from './unplaced-items.ts';

/** An item with the path to print. */
export interface ListedEntry {
  readonly path: string;
  readonly item: DriveItem;
}

/** The content of one folder, or all files that were named. */
export interface ListedGroup {
  /** The folder as typed; undefined for files. */
  readonly heading: string | undefined;
  readonly entries: readonly ListedEntry[];
}

export interface ListPathsOptions {
  readonly range: { readonly offset?: number; readonly limit?: number };
  readonly order: 'name' | 'time' | 'size';
  /** Lists everything below the folders. */
  readonly deep: boolean;
}

/** The lists, files first, and the exit status of the failures. */
export async function listPaths(
  context: Context,
  paths: readonly string[],
  options: ListPathsOptions,
): Promise<{ readonly groups: readonly ListedGroup[]; readonly status: number }> {
  const files: ListedEntry[] = [];
  const folders: ListedGroup[] = [];
  // A sign-in that fails is reported once, not for each path.
  await context.drive();
  const unplaced = unplacedItems(context);
  const status = await onEach(context, paths.length === 0 ? [''] : paths, async (typed) => {
    const entries = await entriesOf(context, typed, { ...options, unplaced });
    if ('item' in entries) files.push(entries);
    else folders.push({ heading: typed, entries: sorted(entries, options) });
  });
  const named = files.length === 0 ? [] : [{ heading: undefined, entries: sorted(files, options) }];
  return { groups: [...named, ...folders], status: status || (await unplaced.report()) };
}

/** The entries of a folder, or the file itself. */
async function entriesOf(
  context: Context,
  typed: string,
  { range, deep, unplaced }: ListPathsOptions & { readonly unplaced: UnplacedItems },
): Promise<readonly ListedEntry[] | ListedEntry> {
  const drive = await context.drive();
  try {
    return await collect(
      deep ? below(drive, typed, context, unplaced) : children(drive, typed, context),
      range,
    );
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-supported') throw error;
    const item = await drive.stat(typed, context.call);
    if (itemKind(item) !== 'file') throw error;
    return { path: context.as === 'id' ? item.name : typed, item };
  }
}

async function* children(drive: Drive, typed: string, { call }: Context): AsyncGenerator<ListedEntry> {
  for await (const item of drive.list(typed, call)) yield { path: item.name, item };
}

async function* below(
  drive: Drive,
  typed: string,
  { call }: Context,
  { onUnplaced }: UnplacedItems,
): AsyncGenerator<ListedEntry> {
  for await (const { path, item } of drive.subtree(typed, { ...call, onUnplaced }))
    yield { path: path.join('/'), item };
}

function sorted(entries: readonly ListedEntry[], { order }: ListPathsOptions): readonly ListedEntry[] {
  const byName = entries.toSorted((a, b) => byCodeUnit(a.path, b.path));
  if (order === 'time') return byName.toSorted((a, b) => modifiedMs(b.item) - modifiedMs(a.item));
  return order === 'size' ? byName.toSorted((a, b) => (b.item.size ?? 0) - (a.item.size ?? 0)) : byName;
}

/** The modification time in milliseconds since the epoch; 0 if it is not known. */
function modifiedMs({ fileSystemInfo, lastModifiedDateTime }: DriveItem): number {
  return Date.parse(fileSystemInfo?.lastModifiedDateTime ?? lastModifiedDateTime ?? '') || 0;
}
