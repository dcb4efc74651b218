/** An in-memory keychain for tests; with `failing` it behaves as if locked. */
import type { KeyStore } from '../key-store.ts';

export interface MemoryKeyStore extends KeyStore {
  readonly secrets: Map<string, string>;
  failing: boolean;
}

/** Creates an empty keychain. */
export function memoryKeyStore(): MemoryKeyStore {
  const secrets = new Map<string, string>();
  const store: MemoryKeyStore = {
    name: 'the keychain of this test',
    secrets,
    failing: false,
    get: async (name) => {
      refuse();
      return secrets.get(name);
    },
    set: async (name, secret) => {
      refuse();
      secrets.set(name, secret);
    },
    delete: async (name) => {
      refuse();
      secrets.delete(name);
    },
  };
  const refuse = (): void => {
    if (store.failing) throw new Error('The keychain is locked.');
  };
  return store;
}
