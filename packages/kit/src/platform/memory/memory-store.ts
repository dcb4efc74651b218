/** An in-memory Store, for tests and for programs that must not write to disk. */
import { OneDriveError } from '../../errors/index.ts';
import type { Store, StoredValue } from '../store.ts';
import { checkedKey } from '../store-key.ts';

/** Creates an empty store. Versions count up and never repeat. */
export function memoryStore(initial: Readonly<Record<string, string>> = {}): Store {
  const values = new Map<string, StoredValue>();
  let writes = 0;
  const put = (key: string, text: string) => {
    const version = String(++writes);
    values.set(checkedKey(key), { text, version });
    return version;
  };
  for (const [key, text] of Object.entries(initial)) put(key, text);
  return {
    async read(key) {
      return values.get(checkedKey(key));
    },
    async write(key, text, { ifVersion } = {}) {
      const found = values.get(checkedKey(key))?.version ?? null;
      if (ifVersion !== undefined && ifVersion !== found) throw versionConflict(key);
      return put(key, text);
    },
    async delete(key) {
      values.delete(checkedKey(key));
    },
    async list(prefix) {
      return [...values.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
  };
}

function versionConflict(key: string): OneDriveError {
  return new OneDriveError('conflict', `The record ${key} was changed by another process in the meantime.`, {
    hint: 'Read it again and repeat the change.',
  });
}
