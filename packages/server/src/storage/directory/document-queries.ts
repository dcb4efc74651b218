/**
 * Documents, in SQL. Small ones are remembered as this process last read or wrote them, because every request asks for
 * the same few: its token, its account, its drive. Whoever knows that they changed behind its back says so with `forget`.
 */

import type { DocumentQuery, Records, StoredDocument } from '../storage.ts';
import { frozen } from '../stored-value.ts';
import type { SqlStatement } from './sql-database.ts';

export interface DocumentQueries {
  readonly queries: Pick<Records, 'document' | 'documents' | 'documentKinds' | 'putDocument'>;
  /** Forgets what is remembered. */
  forget(): void;
}

/** Documents over a database. */
export function documentQueries(sql: (text: string) => SqlStatement): DocumentQueries {
  const known = new Map<string, unknown>();
  const lists: Lists = new Map();
  const forget = (): void => {
    known.clear();
    lists.clear();
  };
  return { forget, queries: { ...reading(sql, known, lists), ...writing(sql, known, lists) } };
}

/** How many documents are remembered, the characters of one, the lists of a kind, and the documents of a list. */
const limits = { documents: 4096, text: 4096, lists: 256, list: 64 } as const;

function reading(
  sql: (text: string) => SqlStatement,
  known: Map<string, unknown>,
  lists: Lists,
): Pick<Records, 'document' | 'documents' | 'documentKinds'> {
  return {
    document(kind, key) {
      const name = `${kind}/${key}`;
      if (known.has(name)) return known.get(name);
      const row = sql('SELECT value FROM documents WHERE kind = ? AND key = ?').get(kind, key);
      const text = row === undefined ? undefined : String(row['value']);
      const value = text === undefined ? undefined : valueOf(text);
      if (text !== undefined && text.length > limits.text) return value;
      if (known.size >= limits.documents) known.clear();
      known.set(name, value);
      return value;
    },
    documents(kind, query) {
      const name = query === undefined ? '' : JSON.stringify(query);
      const list = lists.get(kind)?.get(name);
      if (list !== undefined) return list;
      const { text, values } = listSql(query);
      const rows = sql(text).all(kind, ...values);
      const found = rows.map((row) => ({ key: String(row['key']), value: valueOf(String(row['value'])) }));
      const small =
        found.length <= limits.list && rows.every((row) => String(row['value']).length <= limits.text);
      if (small) rememberList(lists, kind, name, found);
      return found;
    },
    documentKinds: () =>
      sql('SELECT DISTINCT kind FROM documents')
        .all()
        .map((row) => String(row['kind'])),
  };
}

/** Remembered lists, by kind and query. */
type Lists = Map<string, Map<string, readonly StoredDocument[]>>;

function rememberList(lists: Lists, kind: string, name: string, list: readonly StoredDocument[]): void {
  const known = lists.get(kind) ?? new Map<string, readonly StoredDocument[]>();
  if (known.size >= limits.lists) known.clear();
  known.set(name, list);
  lists.set(kind, known);
}

function listSql(query: DocumentQuery = {}): {
  readonly text: string;
  readonly values: readonly (string | number)[];
} {
  const { after, descending = false, limit = -1, prefix } = query;
  const conditions = [
    'kind = ?',
    ...(prefix === undefined ? [] : ['key >= ? AND key < ?']),
    ...(after === undefined ? [] : [descending ? 'key < ?' : 'key > ?']),
  ];
  return {
    text: `SELECT key, value FROM documents WHERE ${conditions.join(' AND ')} ORDER BY key${descending ? ' DESC' : ''} LIMIT ?`,
    values: [
      ...(prefix === undefined ? [] : [prefix, prefix + lastCodePoint]),
      ...(after === undefined ? [] : [after]),
      limit,
    ],
  };
}

/** Sorts after every character of a key. */
const lastCodePoint = '\u{10FFFF}';

const valueOf = (text: string): unknown => frozen(JSON.parse(text) as unknown);

function writing(
  sql: (text: string) => SqlStatement,
  known: Map<string, unknown>,
  lists: Lists,
): Pick<Records, 'putDocument'> {
  return {
    putDocument(kind, key, value) {
      known.delete(`${kind}/${key}`);
      lists.delete(kind);
      if (value === undefined) sql('DELETE FROM documents WHERE kind = ? AND key = ?').run(kind, key);
      else
        sql('INSERT OR REPLACE INTO documents (kind, key, value) VALUES (?, ?, ?)').run(
          kind,
          key,
          JSON.stringify(value),
        );
    },
  };
}
