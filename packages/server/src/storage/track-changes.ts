/** A storage that reports which drives were changed through it. */
import type { Records, Storage } from './storage.ts';

export interface ChangedDrives {
  /** The numbers of the drives that were changed since the previous call, also by writes that were undone. */
  take(): readonly number[];
}

/** `storage`, and the drives that are changed through it. */
export function trackChanges(storage: Storage): {
  readonly storage: Storage;
  readonly changed: ChangedDrives;
} {
  const drives = new Set<number>();
  const known = new WeakMap<Records, Records>();
  const tracked = (records: Records): Records => {
    const before = known.get(records);
    if (before !== undefined) return before;
    const after = trackedRecords(records, drives);
    known.set(records, after);
    return after;
  };
  return {
    storage: withWrite(storage, (fn) => storage.write((records) => fn(tracked(records)))),
    changed: {
      take() {
        const taken = [...drives];
        drives.clear();
        return taken;
      },
    },
  };
}

/** `storage` with another `write`. Delegates, since a spread would lose the methods and the state of a class instance. */
function withWrite(storage: Storage, write: Storage['write']): Storage {
  return {
    onDisk: storage.onDisk,
    blobs: storage.blobs,
    read: (fn) => storage.read(fn),
    write,
    settled: () => storage.settled(),
    makeRoom: () => storage.makeRoom?.() ?? false,
    reset: () => storage.reset(),
    close: () => storage.close(),
  };
}

function trackedRecords(records: Records, drives: Set<number>): Records {
  const note = (key: number): void => {
    const drive = records.item(key)?.drive;
    if (drive !== undefined) drives.add(drive);
  };
  return {
    ...records,
    putItem(item) {
      drives.add(item.drive);
      return records.putItem(item);
    },
    removeItem(key) {
      note(key);
      records.removeItem(key);
    },
    moveTreeToBin(top, from, to, sequence) {
      note(top);
      return records.moveTreeToBin(top, from, to, sequence);
    },
  };
}
