/**
 * Everything below a folder, parents before children, each folder in the order of its list. Folders ahead of
 * the reader are listed in advance, a few at a time and at most a few dozen ahead, and a long list is read
 * page by page, so that the order costs no time and a large drive or folder no memory.
 */
import type { DriveItem } from '../../graph/types/index.ts';
import type { DriveOptions, Target } from '../address/target.ts';
import { holdsItems, itemKind } from '../item-kind.ts';
import { refOf, shortcutTarget } from '../provider/item-home.ts';
import { statFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { type ListAhead, type ListPage, listAhead } from './list-ahead.ts';

/** Options for a walk. */
export interface WalkOptions extends DriveOptions {
  /** Number of folders to list at a time. Default: 8. */
  readonly concurrency?: number | undefined;
  /** Number of levels: 1 returns the folder's own children. Default: unlimited. */
  readonly depth?: number | undefined;
  readonly orderBy?: string | undefined;
  /** Whether to follow shortcuts to folders of other drives. Default: true. */
  readonly shortcuts?: boolean | undefined;
  /**
   * Whether to enter the folder with this path, as in {@link WalkEntry}. A folder that is not entered is
   * returned, but not listed.
   */
  readonly enter?: ((path: readonly string[]) => boolean) | undefined;
  /**
   * Called if a folder below the start, or the start itself (path []), cannot be listed, also if only a later
   * page fails. The walk then continues with the next folder. Default: the walk throws.
   */
  readonly onFailed?: ((path: readonly string[], error: unknown) => Promise<void>) | undefined;
}

/** An item of a walk. */
export interface WalkEntry {
  readonly item: DriveItem;
  /** The names from the start to the item, its own last. */
  readonly path: readonly string[];
  /** A shortcut to a folder that the walk is in already, or that folder itself inside itself. It is not entered again. */
  readonly circular?: boolean | undefined;
}

function childrenOf(context: DriveContext, folder: DriveItem, options: WalkOptions): AsyncIterable<ListPage> {
  const { signal, orderBy } = options;
  return context.provider.children(shortcutTarget(folder) ?? refOf(folder), { signal, orderBy }).pages();
}

/** The position of a walk: its current folders, outermost first, and the remaining depth. */
interface Position {
  readonly path: readonly string[];
  readonly inside: readonly string[];
  readonly depth: number;
}

/** Ids are unique across drives: they contain the owner's id or a GUID. */
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

/** The pages of a folder up to the first one that cannot be read. */
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
 * Walks a folder. Shortcuts to folders of other drives are entered like folders, unless they lead back to a
 * current folder; packages are returned but not entered.
 * @throws OneDriveError `not-found`, `not-supported` if the start is not a folder.
 */
export async function* walk(
  context: DriveContext,
  start: Target,
  options: WalkOptions = {},
): AsyncGenerator<WalkEntry, void, undefined> {
  yield* walkFolder(context, await statFolder(context, start, options), options);
}

/**
 * @internal {@link walk} from a folder, or a shortcut to one, that was just read; `inside`: ids of its parent
 * folders.
 */
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
    stop.abort(); // a reader that stops early needs no more lists
  }
}
