/** The size of each folder, added up from its files, so that files below a depth limit are included. Pure. */
import { holdsItems } from '../item-kind.ts';
import type { WalkEntry } from '../listing/walk.ts';

/** The content of a folder at all levels; for a file, the file. */
export interface Usage {
  /** Path below the start; [] for the start itself. */
  readonly path: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly files: number;
  readonly folders: number;
  readonly kind: 'folder' | 'file';
}

interface Growing {
  readonly path: readonly string[];
  readonly kind: 'folder' | 'file';
  size: number;
  files: number;
  folders: number;
}

/** Options for adding up. */
export interface UsageOptions {
  /** Levels with a line of their own. Default: all. 0: the start only. */
  readonly depth?: number | undefined;
  /** Add a line for each file too. */
  readonly files?: boolean | undefined;
}

/** Adds up the entries of a walk; largest first, the start itself last, like `du`. */
export async function diskUsage(
  entries: AsyncIterable<WalkEntry> | Iterable<WalkEntry>,
  { depth = Number.POSITIVE_INFINITY, files = false }: UsageOptions = {},
): Promise<readonly Usage[]> {
  const start = newUsage([], 'folder');
  const kept = new Map<string, Growing>();
  const lines: Growing[] = [];
  for await (const { item, path } of entries) {
    const isFolder = holdsItems(item);
    if (path.length <= depth && (isFolder || files)) {
      const line = newUsage(path, isFolder ? 'folder' : 'file');
      if (isFolder) kept.set(path.join('/'), line);
      else line.size = item.size ?? 0;
      lines.push(line);
    }
    for (const folder of foldersAbove(kept, path)) count(folder, isFolder, item.size ?? 0);
    count(start, isFolder, item.size ?? 0);
  }
  return [...lines.sort(bySize), start];
}

function newUsage(path: readonly string[], kind: 'folder' | 'file'): Growing {
  return { path, kind, size: 0, files: 0, folders: 0 };
}

/** A name contains no slash, so joined paths are unique keys. */
function* foldersAbove(kept: ReadonlyMap<string, Growing>, path: readonly string[]): Generator<Growing> {
  let key = '';
  for (const [at, name] of path.slice(0, -1).entries()) {
    key = at === 0 ? name : `${key}/${name}`;
    const folder = kept.get(key);
    if (folder === undefined) return;
    yield folder;
  }
}

function count(usage: Growing, isFolder: boolean, size: number): void {
  if (isFolder) usage.folders += 1;
  else {
    usage.files += 1;
    usage.size += size;
  }
}

function bySize(a: Usage, b: Usage): number {
  return b.size - a.size || (a.path.join('/') < b.path.join('/') ? -1 : 1);
}
