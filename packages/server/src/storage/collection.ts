/**
 * A typed view of one kind of documents: the one place where stored JSON gets its type back. A collection can have
 * look-ups, which find its documents by something else than their key, at a cost that does not grow with their number.
 */
import type { DocumentQuery, Records, StoredDocument } from './storage.ts';

/** The list of look-up values under which a document can be found. */
export type LookupsOf<T> = (value: T, key: string, records: Records) => readonly string[];

export interface Collection<T> {
  readonly kind: string;
  get(records: Records, key: string): T | undefined;
  put(records: Records, key: string, value: T): void;
  delete(records: Records, key: string): void;
  /** Sorted by key. */
  list(records: Records, options?: DocumentQuery): readonly T[];
  /** The documents with that look-up value, sorted by key. */
  find(records: Records, lookup: string): readonly T[];
  /** The same with their keys. */
  findEntries(records: Records, lookup: string): readonly Entry<T>[];
  /** The documents with a look-up value that starts with `prefix`, in order of that value; reads them as needed. */
  each(
    records: Records,
    prefix: string,
    options?: { readonly descending?: boolean },
  ): Generator<Entry<T>, undefined>;
  /** Writes the look-up entries of every document, for documents that were stored without them. */
  rebuildLookups(records: Records): void;
}

export interface Entry<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * The documents of `kind`, which only this collection writes.
 *
 * Look-up entries are documents themselves, of the kind `KIND-lookup`: the key is the look-up value and the key of the
 * document, the value is the key of the document.
 */
export function collection<T>(kind: string, lookupsOf?: LookupsOf<T>): Collection<T> {
  const lookupKind = `${kind}-lookup`;
  const entriesOf = (records: Records, key: string, value: T | undefined): readonly string[] =>
    value === undefined
      ? []
      : (lookupsOf?.(value, key, records) ?? []).map((lookup) => entryKey(lookup, key));
  const put = (records: Records, key: string, value: T | undefined): void => {
    if (lookupsOf === undefined) {
      records.putDocument(kind, key, value);
      return;
    }
    const before = entriesOf(records, key, records.document(kind, key) as T | undefined);
    const after = entriesOf(records, key, value);
    records.putDocument(kind, key, value);
    for (const entry of before) if (!after.includes(entry)) records.putDocument(lookupKind, entry, undefined);
    for (const entry of after) if (!before.includes(entry)) records.putDocument(lookupKind, entry, key);
  };
  const findEntries = (records: Records, lookup: string): readonly Entry<T>[] => {
    const found = records.documents(lookupKind, { prefix: entryKey(lookup, '') });
    const exact = found.filter(({ key, value }) => key === entryKey(lookup, String(value)));
    return entriesAt<T>(records, kind, exact);
  };
  return {
    kind,
    get: (records, key) => records.document(kind, key) as T | undefined,
    put,
    delete: (records, key) => put(records, key, undefined),
    list: (records, options) => records.documents(kind, options).map((found) => found.value as T),
    find: (records, lookup) => findEntries(records, lookup).map(({ value }) => value),
    findEntries,
    *each(records, prefix, options = {}): Generator<Entry<T>, undefined> {
      for (const { value } of inPages(records, lookupKind, { ...options, prefix }))
        yield* entriesAt<T>(records, kind, [{ value }]);
    },
    rebuildLookups(records) {
      for (const { key } of records.documents(lookupKind)) records.putDocument(lookupKind, key, undefined);
      for (const { key, value } of records.documents(kind))
        for (const entry of entriesOf(records, key, value as T)) records.putDocument(lookupKind, entry, key);
    },
  };
}

/** The documents whose keys are the values of look-up entries. */
function entriesAt<T>(
  records: Records,
  kind: string,
  found: readonly Pick<StoredDocument, 'value'>[],
): readonly Entry<T>[] {
  return found.flatMap(({ value: stored }) => {
    const key = String(stored);
    const value = records.document(kind, key) as T | undefined;
    return value === undefined ? [] : [{ key, value }];
  });
}

const entryKey = (lookup: string, key: string): string => `${lookup}\n${key}`;

/** The documents of a query, read in pages that grow: the caller may need only the first one. */
function* inPages(records: Records, kind: string, query: DocumentQuery): Generator<StoredDocument> {
  let after: string | undefined;
  for (let limit = 1; ; limit = Math.min(limit * 8, 64)) {
    const page = records.documents(kind, { ...query, ...(after === undefined ? {} : { after }), limit });
    yield* page;
    after = page.at(-1)?.key;
    if (page.length < limit || after === undefined) return;
  }
}

/** A number as text that sorts like the number; from 0 to 10^15. */
export const sortable = (value: number): string => String(Math.max(0, Math.round(value))).padStart(16, '0');
