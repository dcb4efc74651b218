/** The key under which download URLs are signed: made once and kept, so that URLs outlive a restart. */
import type { Random } from '../platform/random.ts';
import { base64url, bytesOfBase64url } from './domain/base-encodings.ts';
import type { Storage } from './storage/storage.ts';

/** The key of this storage. */
export function signingKey(storage: Storage, random: Random): Uint8Array {
  const kept = storage.write((records) => {
    const found = records.document('secret', 'urls');
    if (typeof found === 'string') return found;
    const made = base64url(random.bytes(32));
    records.putDocument('secret', 'urls', made);
    return made;
  });
  return bytesOfBase64url(kept) ?? random.bytes(32);
}
