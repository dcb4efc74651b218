/** The key under which download URLs are signed: made once and kept, so that URLs outlive a restart. */
import type { Random } from 'onedrive-kit/platform';
import type { Storage } from '../storage/storage.ts';
import { base64url, bytesOfBase64url } from './base-encodings.ts';

/** The key of this storage. */
export function signingKey(storage: Storage, random: Random): Uint8Array {
  const found = storage.read((records) => records.document('secret', 'urls'));
  const kept = typeof found === 'string' ? bytesOfBase64url(found) : undefined;
  if (kept !== undefined) return kept;
  const made = random.bytes(32);
  keepSigningKey(storage, made);
  return made;
}

/** Keeps a key for the next start. */
export function keepSigningKey(storage: Storage, key: Uint8Array): void {
  storage.write((records) => records.putDocument('secret', 'urls', base64url(key)));
}
