/** What a lock file says: one mark that can change in place, then who made it. */

/** Enough to tell, from another process, whether the holder still runs. */
export interface Holder {
  /** The machine and process namespace within which `pid` means something. */
  readonly place: string;
  readonly pid: number;
  /** When the process started, in the system's own terms: tells a process from a later one with the same number. */
  readonly started?: string | undefined;
  /** When it took the lock, in milliseconds since the epoch. */
  readonly since?: number | undefined;
}

/** The record that a process has in the folder of a lock. */
export interface LockRecord {
  readonly folder: string;
  readonly path: string;
  /** Its content, unlike that of any other record. */
  readonly text: string;
}

const heldMark = 'H';
export const releasedMark = 'R';

export function serializeRecord(holder: Holder): string {
  return `${heldMark} ${JSON.stringify(holder)}\n`;
}

/** The holder; undefined for a record that is not whole (its writer was interrupted) or not held. */
export function parseRecord(text: string): Holder | undefined {
  if (!text.startsWith(`${heldMark} `)) return undefined;
  try {
    const value = JSON.parse(text.slice(2)) as Partial<Holder> | null;
    if (typeof value?.place !== 'string' || !Number.isSafeInteger(value.pid)) return undefined;
    const since = Number.isSafeInteger(value.since) ? value.since : undefined;
    return { place: value.place, pid: value.pid as number, started: value.started, since };
  } catch {
    return undefined;
  }
}
