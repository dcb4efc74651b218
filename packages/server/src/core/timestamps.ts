/**
 * Timestamps: `YYYY-MM-DDTHH:MM:SS[.fff]Z`, always UTC, in whole seconds on business drives. Common clients parse only this
 * format.
 */
import type { DriveKind } from '../people/account-record.ts';

/** Cache of recent timestamps: the four of an item are often equal, and a listing has few different ones. */
const written = new Map<number, string>();
const writtenLimit = 4096;

/** Formats milliseconds since the epoch. */
export function timestamp(ms: number, drive: DriveKind = 'business'): string {
  const whole = drive === 'personal' ? Math.floor(ms) : Math.floor(ms / 1000) * 1000;
  const cached = written.get(whole);
  if (cached !== undefined) return cached;
  const text = new Date(whole).toISOString();
  const made = whole % 1000 === 0 ? `${text.slice(0, 19)}Z` : text;
  if (written.size >= writtenLimit) written.clear();
  written.set(whole, made);
  return made;
}

const pattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Parses to milliseconds since the epoch, or undefined if `text` is not a timestamp. Accepts fractions of any length and
 * time zone offsets.
 */
export function parseTimestamp(text: string): number | undefined {
  if (!pattern.test(text)) return undefined;
  const zoned = /T/.test(text) && !/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text;
  const ms = Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) ? undefined : ms;
}
