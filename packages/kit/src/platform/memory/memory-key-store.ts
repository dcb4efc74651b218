/** A key store in memory, for tests; `failing` makes it one that is locked. */
import type { KeyStore } from '../key-store.ts';

export interface MemoryKeyStore extends KeyStore {
  readonly secrets: Map<string, string>;
  failing: boolean;
}

/** An empty one. */
export function memoryKeyStore(): MemoryKeyStore {
  const secrets = new Map<string, string>();
  const store: MemoryKeyStore = {
    name: 'the key store of this test',
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
    if (store.failing) throw new Error('The key store is locked.');
  };
  return store;
}
