/**
 * Checks the values of options before a command runs, by the placeholder in the help: a number, size, date, rate or port that
 * cannot be used is refused with the name of the option and an example. Pure.
 */
import { parseByteRange, parseMoment, parseSize, parseSizeRange } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { bandwidthOf } from '../transfer/bandwidth.ts';
import { listRange } from './list-range.ts';
import type { OptionSpec } from './option-spec.ts';

/** What a placeholder accepts. */
export interface ValueKind {
  /** Completes "expected …". */
  readonly expected: string;
  readonly accepts: (typed: string) => boolean;
}

const isWhole = (typed: string): boolean => /^\d{1,15}$/.test(typed);

/** Timers of Node wait no longer: 2^31 milliseconds. */
const longestSeconds = 2_147_483;

const moment: ValueKind = {
  expected: 'a date such as 2026-01-31 or 2026-01-31T12:00Z, or an age such as 12h, 7d or 1y',
  accepts: parses((typed) => parseMoment(typed, Date.UTC(2026, 0))),
};

const seconds: ValueKind = {
  expected: `a number of seconds up to ${longestSeconds}, such as 30`,
  accepts: (typed) => /^\d+(\.\d+)?$/.test(typed) && Number(typed) > 0 && Number(typed) <= longestSeconds,
};

const byPlaceholder: Readonly<Record<string, ValueKind>> = {
  N: { expected: 'a whole number such as 10', accepts: isWhole },
  NUMBER: {
    expected: 'a number of bytes such as 10485760',
    accepts: (typed) => isWhole(typed) && Number(typed) > 0,
  },
  SECONDS: seconds,
  BYTES: { expected: 'a size in bytes, or such as 500K or 10M', accepts: parses(parseSize) },
  WHEN: moment,
  DATE: moment,
  RATE: {
    expected: 'a rate such as 500 (KiB/s), 1.5M, 10M:1M (upload:download) or off',
    accepts: parses(bandwidthOf),
  },
  PORT: {
    expected: 'a port from 0 to 65535, such as 8080',
    accepts: (typed) => /^\d{1,5}$/.test(typed) && Number(typed) <= 65_535,
  },
  ORIGIN: {
    expected: 'an origin such as https://app.example.com',
    accepts: (typed) => URL.canParse(typed) && /^https?:$/.test(new URL(typed).protocol),
  },
};

/** Options whose placeholder has several meanings. */
const byOption: Readonly<Record<string, ValueKind>> = {
  size: { expected: 'a size such as 5M, +10M, -1K or 1M..2M', accepts: parses(parseSizeRange) },
  range: {
    expected: 'a range such as 10 (the first ten), 20- (all after twenty) or 20-10 (ten after twenty)',
    accepts: parses(listRange),
  },
  'byte-range': {
    expected: 'a range of bytes such as 0-499, 500- or -500',
    accepts: parses(parseByteRange),
  },
};

/** The check for an option; undefined for text of any form, choices and flags. */
export function valueKind({ name, value, choices }: OptionSpec): ValueKind | undefined {
  if (value === undefined || choices !== undefined) return undefined;
  return value === 'RANGE' ? byOption[name] : byPlaceholder[value];
}

/** @throws OneDriveError `usage` for a value that the option does not accept. */
export function checkValue(spec: OptionSpec, value: unknown): void {
  const kind = valueKind(spec);
  for (const typed of Array.isArray(value) ? value : [value])
    if (typeof typed === 'string' && kind?.accepts(typed) === false)
      throw new OneDriveError('usage', `Invalid --${spec.name} "${typed}": expected ${kind.expected}.`);
}

function parses(parse: (typed: string) => unknown): (typed: string) => boolean {
  return (typed) => {
    try {
      parse(typed);
      return true;
    } catch {
      return false;
    }
  };
}
