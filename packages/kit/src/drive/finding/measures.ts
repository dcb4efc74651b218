/** Sizes and ages as users type them: `10M`, `+1.5G`, `-100K`, `7d`, `2026-01-31`. Pure. */
import { OneDriveError } from '../../errors/index.ts';

/** Bytes, both limits inclusive. */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
};

/** `10M` → bytes, in binary units. @throws OneDriveError `usage`. */
export function parseSize(typed: string): number {
  const match = /^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?$/i.exec(typed.trim());
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  const bytes = unit === undefined ? Number.NaN : Math.round(Number(match?.[1]) * unit);
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new OneDriveError('usage', `"${typed}" is not a size.`, {
    hint: 'Use bytes, or a number with K, M, G or T: 500K is 500 × 1024 bytes.',
  });
}

/** `+10M` at least, `-1K` at most, `1M..2M` between, `5` exactly. @throws OneDriveError `usage`. */
export function parseSizeRange(typed: string): SizeRange {
  if (typed.startsWith('+')) return { least: parseSize(typed.slice(1)), most: Number.POSITIVE_INFINITY };
  if (typed.startsWith('-')) return { least: 0, most: parseSize(typed.slice(1)) };
  const [from = '', to = from, ...more] = typed.split('..');
  const least = from === '' && typed.length > 2 ? 0 : parseSize(from);
  const most = to === '' ? Number.POSITIVE_INFINITY : parseSize(to);
  if (more.length === 0 && least <= most) return { least, most };
  throw new OneDriveError('usage', `"${typed}" is not a range of sizes.`, {
    hint: 'Write +10M for at least, -1K for at most, or 1M..2M for between.',
  });
}

const day = 86_400_000;
const spans: Readonly<Record<string, number>> = {
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: day,
  w: 7 * day,
  m: 30 * day,
  y: 365 * day,
};

/** The year 1: ISO 8601 and the service know no earlier one. */
const firstMoment = -62_135_596_800_000;

/**
 * A time, from an age (`7d` before now; s, min, h, d, w, m of 30 days, y of 365) or an ISO 8601 date and
 * time, in UTC if it has no time zone. Milliseconds since the epoch.
 * @throws OneDriveError `usage`.
 */
export function parseMoment(typed: string, now: number): number {
  const age = /^(\d+(?:\.\d+)?)(s|min|h|d|w|m|y)$/.exec(typed);
  const span = spans[age?.[2] ?? ''];
  const moment = span === undefined ? Number.NaN : now - Number(age?.[1]) * span;
  if (moment >= firstMoment) return moment;
  const [, date, time = 'T00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(typed) ?? [];
  if (date !== undefined && isDay(date)) {
    const parsed = Date.parse(`${date}${time.replace(/^[ t]/, 'T')}${zone.toUpperCase()}`);
    if (parsed >= firstMoment) return parsed;
  }
  throw new OneDriveError('usage', `"${typed}" is not an age or a date.`, {
    hint: 'Use an age such as 90s, 30min, 12h, 7d, 2w, 6m or 1y, or a date such as 2026-01-31 or 2026-01-31T12:00Z.',
  });
}

/** Whether the month has that day: `Date.parse` reads 31 February as 3 March. */
function isDay(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
