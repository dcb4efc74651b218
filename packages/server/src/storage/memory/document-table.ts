/** The documents of one kind in memory, by key and in order of their keys. */
import { compareCodePoints } from '../code-point-order.ts';
import type { DocumentQuery, StoredDocument } from '../storage.ts';
import { sortedList } from './sorted-list.ts';

export interface DocumentTable {
  readonly size: number;
  get(key: string): unknown;
  /** Undefined removes the document. */
  set(key: string, value: unknown): void;
  list(query?: DocumentQuery): readonly StoredDocument[];
}

/** An empty table. */
export function documentTable(): DocumentTable {
  const values = new Map<string, unknown>();
  const keys = sortedList<string>(compareCodePoints);
  const indexOf = (key: string): number => keys.lowerBound((other) => compareCodePoints(other, key));
  return {
    get size() {
      return values.size;
    },
    get: (key) => values.get(key),
    set(key, value) {
      if (value === undefined) {
        if (values.delete(key)) keys.delete(key);
        return;
      }
      if (!values.has(key)) keys.add(key);
      values.set(key, value);
    },
    list(query = {}) {
      const { after, descending = false, limit = Number.POSITIVE_INFINITY, prefix = '' } = query;
      const lastOfPrefix = keys.lowerBound((key) => (isBeforeEnd(key, prefix) ? -1 : 1));
      let start = indexOf(prefix);
      let end = lastOfPrefix;
      if (after !== undefined && descending) end = Math.min(end, indexOf(after));
      if (after !== undefined && !descending)
        start = Math.max(
          start,
          keys.lowerBound((key) => (compareCodePoints(key, after) <= 0 ? -1 : 1)),
        );
      const page = descending
        ? keys.slice(Math.max(start, end - limit), Math.max(start, end)).reverse()
        : keys.slice(start, Math.min(end, start + limit));
      return page.map((key) => ({ key, value: values.get(key) }));
    },
  };
}

/** Whether `key` sorts before the end of the range of keys that start with `prefix`. */
const isBeforeEnd = (key: string, prefix: string): boolean =>
  key.startsWith(prefix) || compareCodePoints(key, prefix) < 0;
