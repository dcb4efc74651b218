/** Files with the same bytes, as far as the hashes of the service tell. Pure. */
import type { DriveItem } from '../../graph/types/index.ts';
import { itemKind } from '../item-kind.ts';
import type { WalkEntry } from '../listing/walk.ts';

/** Two or more files with one content. */
export interface DuplicateGroup {
  /** The hash by which they were found, in the writing of the service. */
  readonly hash: string;
  /** Bytes of each. */
  readonly size: number;
  /** Bytes that all but one of them take. */
  readonly wasted: number;
  /** In the order of the walk. */
  readonly entries: readonly WalkEntry[];
}

/** The strongest hash that the service tells: hashes of one kind can be compared, so the kind is part of it. */
function contentKey({ file }: DriveItem): string | undefined {
  const { sha256Hash, sha1Hash, quickXorHash } = file?.hashes ?? {};
  if (quickXorHash !== undefined) return `quickXorHash ${quickXorHash}`;
  if (sha256Hash !== undefined) return `sha256 ${sha256Hash.toLowerCase()}`;
  return sha1Hash === undefined ? undefined : `sha1 ${sha1Hash.toLowerCase()}`;
}

/** Groups of equal files, what wastes most first. Empty files, and files without a hash, are in none. */
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
