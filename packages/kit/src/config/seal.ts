/**
 * Tokens encrypted with a key of the system's key store. Only the key lies there: a token can be longer than Windows'
 * store takes, and the file keeps its rules (atomic replacement, one lock, one place to read after a crash). AES-256-GCM
 * with a new nonce for each text (NIST SP 800-38D); what the text belongs to is authenticated along with it.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { KeyStore } from '../platform/key-store.ts';

const keyLength = 32;
const nonceLength = 12;

/** Encrypts `text`, making the key under `name` if there is none. @throws what the key store throws. */
export async function seal(keys: KeyStore, name: string, text: string): Promise<string> {
  let secret = await keys.get(name);
  if (secret === undefined) {
    secret = toBase64(crypto.getRandomValues(new Uint8Array(keyLength)));
    await keys.set(name, secret);
    // Another process may have made one at the same moment: the one that stayed counts.
    secret = (await keys.get(name)) ?? secret;
  }
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bytes(name) },
    await importKey(secret),
    bytes(text),
  );
  return toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/**
 * Decrypts what {@link seal} made under the same name.
 * @throws OneDriveError `auth-required` when the key store cannot be read, has no such key, or the text was changed.
 */
export async function unseal(keys: KeyStore | undefined, name: string, sealed: string): Promise<string> {
  const secret = await keys?.get(name).catch((error: unknown) => {
    throw locked('cannot be read', error);
  });
  if (secret === undefined) throw locked(keys ? 'has no key for it' : 'is missing here');
  try {
    const all = fromBase64(sealed);
    const iv = all.slice(0, nonceLength);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: bytes(name) },
      await importKey(secret),
      all.slice(nonceLength),
    );
    return new TextDecoder().decode(plain);
  } catch (error) {
    throw locked('has another key', error);
  }
}

function locked(how: string, cause?: unknown): OneDriveError {
  return new OneDriveError(
    'auth-required',
    `The sign-in is encrypted, and the key store of the system ${how}.`,
    {
      cause,
      hint: [
        'Unlock the key store (log in to the desktop), or set `secrets: file` in the configuration to use none.',
        signInAgain,
      ],
    },
  );
}

async function importKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(secret), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toBase64(data: Uint8Array): string {
  return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
