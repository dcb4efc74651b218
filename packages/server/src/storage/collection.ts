/** A typed view of one kind of documents: the one place where stored JSON gets its type back. */
import type { Records } from './storage.ts';

export interface Collection<T> {
  readonly kind: string;
  get(records: Records, key: string): T | undefined;
  put(records: Records, key: string, value: T): void;
  delete(records: Records, key: string): void;
  /** Sorted by key. */
  list(records: Records, options?: { readonly after?: string; readonly limit?: number }): readonly T[];
}

/** The documents of `kind`, which only this collection writes. */
export function collection<T>(kind: string): Collection<T> {
  return {
    kind,
    get: (records, key) => records.document(kind, key) as T | undefined,
    put: (records, key, value) => records.putDocument(kind, key, value),
    delete: (records, key) => records.putDocument(kind, key, undefined),
    list: (records, options) => records.documents(kind, options).map((found) => found.value as T),
  };
}
