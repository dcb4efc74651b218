/** Change events for open connections: the socket.io channel. */
import { driveKey, drives } from '../files/drives/drive-record.ts';
import type { Storage } from '../storage/storage.ts';

export interface ChangeFeed {
  /** Calls `changed` after each change in the drive with that number, until the returned function is called. */
  listen(drive: number, changed: () => void): () => void;
  /** Checks for changes. */
  check(): void;
}

/** Creates a feed over `storage`. */
export function changeFeed(storage: Storage): ChangeFeed {
  const listeners = new Map<number, Set<() => void>>();
  const lastSequences = new Map<number, number>();
  const last = (drive: number): number => storage.read((records) => records.lastSequence(drive));
  return {
    listen(drive, changed) {
      const known = listeners.get(drive) ?? new Set();
      if (known.size === 0) lastSequences.set(drive, last(drive));
      listeners.set(drive, known.add(changed));
      return () => {
        known.delete(changed);
        if (known.size === 0 && listeners.get(drive) === known) listeners.delete(drive);
      };
    },
    check() {
      for (const [drive, known] of listeners) {
        const now = last(drive);
        if (now <= (lastSequences.get(drive) ?? 0)) continue;
        lastSequences.set(drive, now);
        for (const changed of known) changed();
      }
    },
  };
}

/** The number of a drive; undefined if it does not exist. */
export function driveNumber(storage: Storage, id: string): number | undefined {
  return storage.read((records) => drives.get(records, driveKey(id)))?.number;
}
