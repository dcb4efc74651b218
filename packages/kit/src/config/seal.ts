/**
 * Encrypts tokens with a key in the system's keychain. Only the key is stored there: a token can exceed the
 * size limit of Windows' store, and the file keeps its guarantees (atomic replacement, one lock, one place to
 * read after a crash). AES-256-GCM with a new nonce for each text (NIST SP 800-38D); the name is
 * authenticated along with the text.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { KeyStore } from '../platform/key-store.ts';

const keyLength = 32;
const nonceLength = 12;

/** Encrypts `text`, and creates the key `name` if there is none. @throws errors of the keychain. */
export async function seal(keys: KeyStore, name: string, text: string): Promise<string> {
  let secret = await keys.get(name);
  if (secret === undefined) {
    secret = toBase64(crypto.getRandomValues(new Uint8Array(keyLength)));
    await keys.set(name, secret);
    // Another process may have created one at the same moment: the stored one is used.
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
 * Decrypts a text that {@link seal} encrypted under the same name.
 * @throws OneDriveError `auth-required` if the keychain cannot be read, has no such key, or the text was
 * changed.
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
    `The sign-in is encrypted, and the keychain of the system ${how}.`,
    {
      cause,
      hint: [
        'Unlock the keychain (log in to the desktop), or set `secrets: file` in the configuration to use none.',
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
