/**
 * The system's keychain through `@napi-rs/keyring`, which is optional: if the package, its binary or a
 * running keychain is missing, there is none. On Linux only the Secret Service is used: the kernel's key
 * ring, which the package would fall back to, is lost at a restart.
 */
import type { KeyStore } from '../key-store.ts';

const service = 'onedrive-kit';

/** The keychain, or undefined if none can be loaded. Whether it is running is unknown until its first use. */
export async function systemKeyStore(platform: string): Promise<KeyStore | undefined> {
  const loaded = await import('@napi-rs/keyring').catch(() => undefined);
  if (!loaded) return undefined;
  const options = platform === 'linux' ? { linux: { store: 'secret-service' as const } } : undefined;
  const entry = (name: string) => new loaded.AsyncEntry(service, name, options);
  return {
    name: storeName(platform),
    get: async (name) => (await entry(name).getPassword()) ?? undefined,
    set: async (name, secret) => entry(name).setPassword(secret),
    delete: async (name) => {
      await entry(name).deleteCredential();
    },
  };
}

function storeName(platform: string): string {
  if (platform === 'darwin') return 'the Keychain of macOS';
  if (platform === 'win32') return 'the Credential Manager of Windows';
  return 'the Secret Service of the desktop';
}
