/**
 * Space that is kept for a full disk: a file that can go when SQLite needs room for its log, so that things can still
 * be read and deleted. Random bytes, because a file system that compresses would keep none for zeros.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync, rmSync, statSync } from 'node:fs';
import { privateFile } from './private-files.ts';

/** Bytes; a deletion writes some ten pages of 4 KiB to the log, and the index of the log takes 32 KiB. */
const reserveSize = 1024 * 1024;

/** Fills the reserve at `path` as far as there is room. */
export function fillReserve(path: string): void {
  try {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < reserveSize) appendFileSync(path, randomBytes(reserveSize - size), { mode: privateFile });
  } catch {
    // A full disk: what was written is the reserve.
  }
}

/** Gives the space free. @returns whether there was any. */
export function releaseReserve(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  rmSync(path, { force: true });
  return true;
}
