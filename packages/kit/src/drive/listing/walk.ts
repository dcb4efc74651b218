/**
 * Everything below a folder, parents before children, each folder in the order of its list. Folders ahead of the
 * reader are begun meanwhile, a few at a time and never more than a few dozen ahead, and a long list is read page by
 * page, so that the order costs no time and a large drive or folder no memory.
 */
import type { DriveItem } from '../../graph/types/index.ts';
import type { DriveOptions, Target } from '../address/target.ts';
import { holdsItems, itemKind } from '../item-kind.ts';
import { refOf, shortcutTarget } from '../provider/item-home.ts';
import { statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { type ListAhead, type ListPage, listAhead } from './list-ahead.ts';

/** How to walk. */
export interface WalkOptions extends DriveOptions {
  /** Folders listed at a time; 8 unless told. */
  readonly concurrency?: number | undefined;
  /** Levels to go down: 1 gives the folder's own children. Unlimited unless told. */
  readonly depth?: number | undefined;
  readonly orderBy?: string | undefined;
  /** Go into folders of other drives that a shortcut leads to: true unless told. */
  readonly shortcuts?: boolean | undefined;
  /** Go into the folder of this path, as in {@link WalkEntry}? One that is left out is given, and not listed. */
  readonly enter?: ((path: readonly string[]) => boolean) | undefined;
  /**
   * Called when a folder below the start, or the start itself (path []), cannot be listed, also when only a later page
   * fails. The walk then continues with the next folder. Default: the walk throws.
   */
  readonly onFailed?: ((path: readonly string[], error: unknown) => Promise<void>) | undefined;
}

/** An item met on a walk. */
export interface WalkEntry {
  readonly item: DriveItem;
  /** Its name and those of the folders between the start and it, outermost first. */
  readonly path: readonly string[];
  /** A shortcut to a folder that the walk is in already, or that folder itself inside itself. It is not entered again. */
  readonly circular?: boolean | undefined;
}

function childrenOf(context: DriveContext, folder: DriveItem, options: WalkOptions): AsyncIterable<ListPage> {
  const { signal, orderBy } = options;
  return context.provider.children(shortcutTarget(folder) ?? refOf(folder), { signal, orderBy }).pages();
}

/** Where a walk is: the folders that it is in, outermost first, and how far down it may go. */
interface Position {
  readonly path: readonly string[];
  readonly inside: readonly string[];
  readonly depth: number;
}

/** Ids tell items of all drives apart: they hold the owner's, or a GUID of the item's own. */
const folderId = (item: DriveItem): string => (item.remoteItem?.id ?? item.id).toLowerCase();

function isWalkable(item: DriveItem, { inside }: Position, shortcuts: boolean): boolean {
  if (isCircular(item, inside)) return false;
  if (itemKind(item) === 'folder') return item.folder?.childCount !== 0;
  if (!shortcuts || !holdsItems(item) || shortcutTarget(item) === undefined) return false;
  return item.remoteItem?.folder?.childCount !== 0;
}

/** Whether the walk is in this folder already: by a shortcut, or because the service lists a folder inside itself. */
function isCircular(item: DriveItem, inside: readonly string[]): boolean {
  return holdsItems(item) && inside.includes(folderId(item));
}

interface Ways {
  readonly shortcuts: boolean;
  readonly enter: (path: readonly string[]) => boolean;
  readonly onFailed: WalkOptions['onFailed'];
  readonly signal: AbortSignal;
}

async function* walkBelow(
  ahead: ListAhead,
  folder: DriveItem,
  at: Position,
  ways: Ways,
): AsyncGenerator<WalkEntry, void, undefined> {
  const here = { ...at, inside: [...at.inside, folderId(folder)], depth: at.depth - 1 };
  const enters = (item: DriveItem) =>
    here.depth > 0 && isWalkable(item, here, ways.shortcuts) && ways.enter([...at.path, item.name]);
  for await (const children of readable(ahead.take(folder), at.path, ways)) {
    ahead.offer(children.filter(enters));
    for (const item of children) {
      const path = [...at.path, item.name];
      yield isCircular(item, here.inside) ? { item, path, circular: true } : { item, path };
      if (enters(item)) yield* walkBelow(ahead, item, { ...here, path }, ways);
    }
  }
}

/** The pages of a folder up to the first that cannot be read. */
async function* readable(
  pages: AsyncGenerator<ListPage, void, undefined>,
  path: readonly string[],
  { onFailed, signal }: Ways,
): AsyncGenerator<ListPage, void, undefined> {
  try {
    for (;;) {
      const page = await nextPage(pages, path, { onFailed, signal });
      if (page === undefined) return;
      yield page;
    }
  } finally {
    await pages.return();
  }
}

async function nextPage(
  pages: AsyncGenerator<ListPage, void, undefined>,
  path: readonly string[],
  { onFailed, signal }: Pick<Ways, 'onFailed' | 'signal'>,
): Promise<ListPage | undefined> {
  try {
    const page = await pages.next();
    return page.done === true ? undefined : page.value;
  } catch (error) {
    if (onFailed === undefined || signal.aborted) throw error;
    await onFailed(path, error);
    return undefined;
  }
}

/**
 * Walks a folder. Shortcuts to folders of other drives are entered as if they were folders, unless they lead back to
 * one that the walk is in; packages are given but not entered.
 * @throws OneDriveError `not-found`, `not-supported` when the start is no folder.
 */
export async function* walk(
  context: DriveContext,
  start: Target,
  options: WalkOptions = {},
): AsyncGenerator<WalkEntry, void, undefined> {
  yield* walkFolder(context, await statFolder(context, start, options), options);
}

/** @internal {@link walk} from a folder, or a shortcut to one, that was just read; `inside`: ids of folders above it. */
export async function* walkFolder(
  context: DriveContext,
  folder: DriveItem,
  options: WalkOptions & { readonly inside?: readonly string[] | undefined },
): AsyncGenerator<WalkEntry, void, undefined> {
  const { concurrency = 8, depth = Number.POSITIVE_INFINITY } = options;
  const { shortcuts = true, enter = () => true, onFailed } = options;
  const start: Position = { path: [], inside: options.inside ?? [], depth };
  if (depth < 1 || !isWalkable(folder, start, true)) return;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const ahead = listAhead((one) => childrenOf(context, one, { ...options, signal }), { concurrency });
  try {
    yield* walkBelow(ahead, folder, start, { shortcuts, enter, onFailed, signal });
  } finally {
    stop.abort(); // a reader that leaves early wants no more lists
  }
}
