/**
 * What the server was asked and what it answered, newest last, in a ring of bounded size; and counters that never
 * forget. Tokens, codes and pre-authenticated URLs are blotted out when entries are looked at, which is seldom; keeping
 * one costs next to nothing.
 */
import { blotted, blottedHeaders } from './blot.ts';

/** One exchange, without secrets. */
export interface LogEntry {
  readonly id: number;
  /** Milliseconds since the epoch at which the request came. */
  readonly time: number;
  /** Milliseconds until the answer began. */
  readonly ms: number;
  readonly method: string;
  readonly url: string;
  /** Undefined when the connection broke before an answer. */
  readonly status: number | undefined;
  /** Resource units that the request cost. */
  readonly units: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Kinds of the faults that struck it. */
  readonly faults: readonly string[];
}

/** Totals. */
export interface Counters {
  readonly requests: number;
  readonly units: number;
  readonly faults: number;
  /** By `METHOD`. */
  readonly methods: Readonly<Record<string, number>>;
  /** By status; `broken` where no answer was given. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** What was asked and answered. */
export interface RequestLog {
  /** Keeps one exchange. */
  add(entry: Omit<LogEntry, 'id'>): void;
  /** The kept entries with an id greater than `after`, oldest first. */
  entries(after?: number): readonly LogEntry[];
  /** Totals since the start or the last `clear`. */
  counters(): Counters;
  /** Forgets entries and totals. */
  clear(): void;
}

/** A log that keeps the last `capacity` entries. */
export function requestLog(capacity = 1000): RequestLog {
  let kept: Kept[] = [];
  let last = 0;
  let counters = noCounts();
  return {
    add(entry) {
      last += 1;
      kept.push({ id: last, entry, shown: undefined });
      if (kept.length > capacity * 2) kept = kept.slice(-capacity);
      count(counters, entry);
    },
    entries: (after = 0) =>
      kept
        .slice(-capacity)
        .filter(({ id }) => id > after)
        .map((one) => (one.shown ??= { ...one.entry, id: one.id, ...withoutSecrets(one.entry) })),
    counters: () => ({
      ...counters,
      methods: Object.fromEntries(counters.methods),
      statuses: Object.fromEntries(counters.statuses),
    }),
    clear() {
      kept = [];
      counters = noCounts();
    },
  };
}

interface Kept {
  readonly id: number;
  readonly entry: Omit<LogEntry, 'id'>;
  /** Without secrets, once somebody has looked. */
  shown: LogEntry | undefined;
}

interface RunningCounters {
  requests: number;
  units: number;
  faults: number;
  readonly methods: Map<string, number>;
  readonly statuses: Map<string, number>;
}

function withoutSecrets(
  entry: Omit<LogEntry, 'id'>,
): Pick<LogEntry, 'url' | 'requestHeaders' | 'responseHeaders'> {
  return {
    url: blotted(entry.url),
    requestHeaders: blottedHeaders(entry.requestHeaders),
    responseHeaders: blottedHeaders(entry.responseHeaders),
  };
}

function noCounts(): RunningCounters {
  return { requests: 0, units: 0, faults: 0, methods: new Map(), statuses: new Map() };
}

function count(counters: RunningCounters, entry: Omit<LogEntry, 'id'>): void {
  counters.requests += 1;
  counters.units += entry.units;
  counters.faults += entry.faults.length;
  oneMore(counters.methods, entry.method);
  oneMore(counters.statuses, entry.status === undefined ? 'broken' : String(entry.status));
}

function oneMore(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
