/** Times on the wire: `YYYY-MM-DDTHH:MM:SS[.fff]Z`, always UTC, whole seconds on business drives. Clients in use parse nothing else. */
import type { DriveKind } from '../people/account-record.ts';

/** Times that were written lately: the four of an item are often one, and those of a listing few. */
const written = new Map<number, string>();
const writtenLimit = 4096;

/** Milliseconds since the epoch as text. */
export function timestamp(ms: number, drive: DriveKind = 'business'): string {
  const whole = drive === 'personal' ? Math.floor(ms) : Math.floor(ms / 1000) * 1000;
  const known = written.get(whole);
  if (known !== undefined) return known;
  const text = new Date(whole).toISOString();
  const made = whole % 1000 === 0 ? `${text.slice(0, 19)}Z` : text;
  if (written.size >= writtenLimit) written.clear();
  written.set(whole, made);
  return made;
}

const pattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds since the epoch, or undefined when `text` is no time. Fractions of any length and offsets are read. */
export function parseTimestamp(text: string): number | undefined {
  if (!pattern.test(text)) return undefined;
  const zoned = /T/.test(text) && !/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text;
  const ms = Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) ? undefined : ms;
}
