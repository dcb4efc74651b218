/** The key that signs download URLs: created once and stored, so that URLs remain valid after a restart. */
import type { Random } from 'onedrive-kit/platform';
import type { Storage } from '../storage/storage.ts';
import { base64url, bytesOfBase64url } from './base-encodings.ts';

/** Returns the signing key of a storage, creating it if needed. */
export function signingKey(storage: Storage, random: Random): Uint8Array {
  const document = storage.read((records) => records.document('secret', 'urls'));
  const key = typeof document === 'string' ? bytesOfBase64url(document) : undefined;
  if (key !== undefined) return key;
  const newKey = random.bytes(32);
  keepSigningKey(storage, newKey);
  return newKey;
}

/** Stores a key. */
export function keepSigningKey(storage: Storage, key: Uint8Array): void {
  storage.write((records) => records.putDocument('secret', 'urls', base64url(key)));
}
