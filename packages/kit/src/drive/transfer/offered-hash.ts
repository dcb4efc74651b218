/**
 * The hash that a drive offers of a file, asked for once more where an answer holds none: a name in it may have been
 * damaged on its way, and then the bytes would go unchecked. A drive that offers none says so once in a process.
 */
import type { DriveItem } from '../../graph/types/index.ts';
import { refOf, withHome } from '../provider/item-home.ts';
import type { DriveProvider, ProviderCall } from '../provider/provider.ts';
import { usableHash } from './verify.ts';

/** What a drive has shown: that it offers hashes, or, asked for one, whether it has none. */
type Shown = 'offers' | Promise<boolean>;

const shownBy = new WeakMap<DriveProvider, Map<string, Shown>>();

function shownIn(provider: DriveProvider): Map<string, Shown> {
  const known = shownBy.get(provider) ?? new Map<string, Shown>();
  shownBy.set(provider, known);
  return known;
}

/**
 * An item after a transfer of its whole content, with the hash that the drive offers of it, if it offers any.
 * @param item as an answer told it: given back where it has a hash, is empty, or is in a drive known to offer none.
 * @throws what asking for the item throws; `signal.reason`.
 */
export async function withOfferedHash(
  provider: DriveProvider,
  item: DriveItem,
  content: { readonly size: number; readonly hash: string },
  { signal }: ProviderCall,
): Promise<DriveItem> {
  if (content.size === 0) return item;
  const shown = shownIn(provider);
  const drive = item.parentReference?.driveId ?? '';
  if (usableHash(item, content) !== undefined) {
    shown.set(drive, 'offers');
    return item;
  }
  const before = shown.get(drive);
  if (before !== undefined && before !== 'offers' && (await before)) return item;
  signal?.throwIfAborted();
  const ref = refOf(item);
  const asking = provider.item(ref, { signal });
  const hasNone = asking.then(
    (now) => usableHash(now, content) === undefined,
    () => false,
  );
  if (shown.get(drive) === before && before !== 'offers') shown.set(drive, hasNone);
  return withHome(await asking, ref);
}
