/** Finds files with the same content, as far as the service returns hashes. Pure. */
import type { DriveItem } from '../../graph/types/index.ts';
import { itemKind } from '../item-kind.ts';
import type { WalkEntry } from '../listing/walk.ts';

/** Two or more files with the same content. */
export interface DuplicateGroup {
  /** The hash by which they were found, in the notation of the service. */
  readonly hash: string;
  /** The size of each in bytes. */
  readonly size: number;
  /** The bytes that all but one of them occupy. */
  readonly wasted: number;
  /** In the order of the walk. */
  readonly entries: readonly WalkEntry[];
}

/**
 * The strongest hash that the service returns, with its kind, because only hashes of one kind can be
 * compared.
 */
function contentKey({ file }: DriveItem): string | undefined {
  const { sha256Hash, sha1Hash, quickXorHash } = file?.hashes ?? {};
  if (quickXorHash !== undefined) return `quickXorHash ${quickXorHash}`;
  if (sha256Hash !== undefined) return `sha256 ${sha256Hash.toLowerCase()}`;
  return sha1Hash === undefined ? undefined : `sha1 ${sha1Hash.toLowerCase()}`;
}

/**
 * Groups of equal files, the most wasteful first. Empty files, and files without a hash, are not included.
 */
export async function findDuplicates(
  entries: AsyncIterable<WalkEntry> | Iterable<WalkEntry>,
): Promise<readonly DuplicateGroup[]> {
  const groups = new Map<string, WalkEntry[]>();
  for await (const entry of entries) {
    const { size = 0 } = entry.item;
    const hash = contentKey(entry.item);
    if (itemKind(entry.item) !== 'file' || size === 0 || hash === undefined) continue;
    const key = `${size} ${hash}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .map(([key, group]) => groupOf(key, group))
    .sort((a, b) => b.wasted - a.wasted);
}

function groupOf(key: string, entries: readonly WalkEntry[]): DuplicateGroup {
  const size = Number(key.slice(0, key.indexOf(' ')));
  return { hash: key.slice(key.lastIndexOf(' ') + 1), size, wasted: size * (entries.length - 1), entries };
}
