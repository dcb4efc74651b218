/**
 * The hash that a drive has of a file, requested once more if a response lacks it: a property name in the response may have
 * been damaged, and the bytes would then not be verified. A drive without hashes is detected once per process.
 */
import type { DriveItem } from '../../graph/types/index.ts';
import { refOf, withHome } from '../provider/item-home.ts';
import type { DriveProvider, ProviderCall } from '../provider/provider.ts';
import { usableHash } from './verify.ts';

/** `offers` if the drive has returned a hash; otherwise whether a request for an item has shown that it has none. */
type HashSupport = 'offers' | Promise<boolean>;

const supportByProvider = new WeakMap<DriveProvider, Map<string, HashSupport>>();

function supportOf(provider: DriveProvider): Map<string, HashSupport> {
  const support = supportByProvider.get(provider) ?? new Map<string, HashSupport>();
  supportByProvider.set(provider, support);
  return support;
}

/**
 * An item after a transfer of its whole content, with the hash that the drive has of it, if it has one.
 * @param item as a response returned it; returned as it is if it has a hash, is empty, or is in a drive without hashes.
 * @throws what the request for the item throws; `signal.reason`.
 */
export async function withOfferedHash(
  provider: DriveProvider,
  item: DriveItem,
  content: { readonly size: number; readonly hash: string },
  { signal }: ProviderCall,
): Promise<DriveItem> {
  if (content.size === 0) return item;
  const support = supportOf(provider);
  const drive = item.parentReference?.driveId ?? '';
  if (usableHash(item, content) !== undefined) {
    support.set(drive, 'offers');
    return item;
  }
  const previous = support.get(drive);
  if (previous !== undefined && previous !== 'offers' && (await previous)) return item;
  signal?.throwIfAborted();
  const ref = refOf(item);
  const request = provider.item(ref, { signal });
  const hasNone = request.then(
    (current) => usableHash(current, content) === undefined,
    () => false,
  );
  if (support.get(drive) === previous && previous !== 'offers') support.set(drive, hasNone);
  return withHome(await request, ref);
}
