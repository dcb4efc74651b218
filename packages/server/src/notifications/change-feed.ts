/** Changes as they happen, for those who hold a connection open: the socket.io channel. */
import { drives } from '../files/drives/drive-record.ts';
import type { Storage } from '../storage/storage.ts';

export interface ChangeFeed {
  /** Calls `changed` after each change in the drive of that number, until the returned function is called. */
  listen(drive: number, changed: () => void): () => void;
  /** Looks whether anything changed. */
  check(): void;
}

/** A feed over `storage`. */
export function changeFeed(storage: Storage): ChangeFeed {
  const listeners = new Map<number, Set<() => void>>();
  const told = new Map<number, number>();
  const last = (drive: number): number => storage.read((records) => records.lastSequence(drive));
  return {
    listen(drive, changed) {
      const known = listeners.get(drive) ?? new Set();
      if (known.size === 0) told.set(drive, last(drive));
      listeners.set(drive, known.add(changed));
      return () => void known.delete(changed);
    },
    check() {
      for (const [drive, known] of listeners) {
        const now = known.size === 0 ? 0 : last(drive);
        if (now <= (told.get(drive) ?? 0)) continue;
        told.set(drive, now);
        for (const changed of known) changed();
      }
    },
  };
}

/** The number of a drive; undefined for none. */
export function driveNumber(storage: Storage, id: string): number | undefined {
  return storage.read((records) => drives.list(records)).find((drive) => drive.id === id)?.number;
}
