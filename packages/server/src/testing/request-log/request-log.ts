/**
 * The latest requests and responses, up to a limit, and counters over all of them. Tokens, codes and pre-authenticated
 * URLs are redacted when entries are read, which is rare, so that adding one is cheap.
 */
import { redacted, redactedHeaders } from './redact.ts';

/** One request and its response, without secrets. */
export interface LogEntry {
  readonly id: number;
  /** When the request arrived; milliseconds since the epoch. */
  readonly time: number;
  /** Milliseconds until the response started. */
  readonly ms: number;
  readonly method: string;
  readonly url: string;
  /** Undefined if the connection broke before a response. */
  readonly status: number | undefined;
  /** Resource units that the request cost. */
  readonly units: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Kinds of the faults that were injected. */
  readonly faults: readonly string[];
}

/** Totals. */
export interface Counters {
  readonly requests: number;
  readonly units: number;
  readonly faults: number;
  /** By `METHOD`. */
  readonly methods: Readonly<Record<string, number>>;
  /** By status; `broken` for requests without a response. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** A bounded log of requests and responses. */
export interface RequestLog {
  /** Adds one entry. */
  add(entry: Omit<LogEntry, 'id'>): void;
  /** The entries in the log with an id greater than `after`, oldest first. */
  entries(after?: number): readonly LogEntry[];
  /** Totals since the start or the last `clear`. */
  counters(): Counters;
  /** Deletes entries and resets totals. */
  clear(): void;
}

/** A log that keeps the last `capacity` entries. */
export function requestLog(capacity = 1000): RequestLog {
  let stored: StoredEntry[] = [];
  let lastId = 0;
  let counters = noCounts();
  return {
    add(entry) {
      lastId += 1;
      stored.push({ id: lastId, entry, redacted: undefined });
      if (stored.length > capacity * 2) stored = stored.slice(-capacity);
      count(counters, entry);
    },
    entries: (after = 0) =>
      stored
        .slice(-capacity)
        .filter(({ id }) => id > after)
        .map((item) => (item.redacted ??= { ...item.entry, id: item.id, ...withoutSecrets(item.entry) })),
    counters: () => ({
      ...counters,
      methods: Object.fromEntries(counters.methods),
      statuses: Object.fromEntries(counters.statuses),
    }),
    clear() {
      stored = [];
      counters = noCounts();
    },
  };
}

interface StoredEntry {
  readonly id: number;
  readonly entry: Omit<LogEntry, 'id'>;
  /** Without secrets; undefined until first read. */
  redacted: LogEntry | undefined;
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
    url: redacted(entry.url),
    requestHeaders: redactedHeaders(entry.requestHeaders),
    responseHeaders: redactedHeaders(entry.responseHeaders),
  };
}

function noCounts(): RunningCounters {
  return { requests: 0, units: 0, faults: 0, methods: new Map(), statuses: new Map() };
}

function count(counters: RunningCounters, entry: Omit<LogEntry, 'id'>): void {
  counters.requests += 1;
  counters.units += entry.units;
  counters.faults += entry.faults.length;
  increment(counters.methods, entry.method);
  increment(counters.statuses, entry.status === undefined ? 'broken' : String(entry.status));
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
