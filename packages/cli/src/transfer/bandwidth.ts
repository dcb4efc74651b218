/**
 * What `--bwlimit` takes, read as rclone reads it, so that nobody has to learn a second way: sizes in binary units, a bare
 * number counts KiB, `UP:DOWN` holds each way on its own, `off` (or 0) holds nothing. Pure.
 * Source: https://rclone.org/docs/#bwlimit-bwtimetable
 */
import { OneDriveError } from 'onedrive-kit/errors';

/** Bytes a second; undefined: as fast as it goes. */
export interface Bandwidth {
  readonly up: number | undefined;
  readonly down: number | undefined;
  /** One rate for both ways together, not one for each. */
  readonly together: boolean;
}

/** Reads `500K`, `1.5M`, `off`, `10M:off`. @throws OneDriveError `usage`. */
export function bandwidthOf(typed: string): Bandwidth {
  const rates = typed.split(':').map(rateOf);
  const [up = refused, down = up] = rates;
  if (up === refused || down === refused || rates.length > 2) throw notABandwidth(typed);
  return { up: limitOf(up), down: limitOf(down), together: rates.length === 1 };
}

/** What is no rate. */
const refused = -1;

const units = { B: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes a second, 0 for `off`, or {@link refused}. */
function rateOf(text: string): number {
  if (text.toLowerCase() === 'off') return 0;
  const match = /^(\d{1,12}(?:\.\d{1,12})?)(?:(B)|([KMGT])(?:iB?)?)?$/i.exec(text);
  if (match === null) return refused;
  const unit = (match[2] ?? match[3] ?? 'K').toUpperCase() as keyof typeof units;
  return Number(match[1]) * units[unit];
}

function limitOf(rate: number): number | undefined {
  return rate > 0 ? rate : undefined;
}

function notABandwidth(typed: string): OneDriveError {
  return new OneDriveError('usage', `--bwlimit takes a size for each second, not "${typed}".`, {
    hint: 'Like 500K, 1.5M, 10M:1M (up:down) or off. K is KiB; a number alone counts KiB.',
  });
}
