/**
 * Parses `--bwlimit` in the syntax of rclone: sizes in binary units, a number alone is in KiB, `UP:DOWN` limits each
 * direction separately, `off` (or 0) means unlimited. Pure.
 * Source: https://rclone.org/docs/#bwlimit-bwtimetable
 */
import { OneDriveError } from 'onedrive-kit/errors';

/** Limits in bytes per second; undefined for no limit. */
export interface Bandwidth {
  readonly up: number | undefined;
  readonly down: number | undefined;
  /** Whether there is one limit for both directions together. */
  readonly together: boolean;
}

/** Parses `500K`, `1.5M`, `off`, `10M:off`. @throws OneDriveError `usage`. */
export function bandwidthOf(typed: string): Bandwidth {
  const rates = typed.split(':').map(rateOf);
  const [up = invalid, down = up] = rates;
  if (up === invalid || down === invalid || rates.length > 2) throw invalidBandwidth(typed);
  return { up: limitOf(up), down: limitOf(down), together: rates.length === 1 };
}

/** The value for an invalid rate. */
const invalid = -1;

const units = { B: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes per second, 0 for `off`, or {@link invalid}. */
function rateOf(text: string): number {
  if (text.toLowerCase() === 'off') return 0;
  const match = /^(\d{1,12}(?:\.\d{1,12})?)(?:(B)|([KMGT])(?:iB?)?)?$/i.exec(text);
  if (match === null) return invalid;
  const unit = (match[2] ?? match[3] ?? 'K').toUpperCase() as keyof typeof units;
  return Number(match[1]) * units[unit];
}

function limitOf(rate: number): number | undefined {
  return rate > 0 ? rate : undefined;
}

function invalidBandwidth(typed: string): OneDriveError {
  return new OneDriveError('usage', `Invalid --bwlimit "${typed}".`, {
    hint: 'Use a size per second: 500 (KiB), 500K, 1.5M, 10M:1M (upload:download), or off.',
  });
}
