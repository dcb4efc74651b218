/** The contents of a lock file: one byte that changes in place, then its holder. */

/** Identifies the holder, so that another process can check whether it still runs. */
export interface Holder {
  /** The machine and process namespace of `pid`. */
  readonly place: string;
  readonly pid: number;
  /**
   * When the process started, in the system's own units: distinguishes it from a later process with the same
   * number.
   */
  readonly started?: string | undefined;
  /** When it acquired the lock, in milliseconds since the epoch. */
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

/** The holder; undefined for an incomplete record (its writer was interrupted) or a released lock. */
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
