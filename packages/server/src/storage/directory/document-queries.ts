/**
 * Documents, in SQL. Small ones are remembered as this process last read or wrote them, because every request asks for
 * the same few: its token, its account, its drive. Whoever knows that they changed behind its back says so with `forget`.
 */

import type { Records, StoredDocument } from '../storage.ts';
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
  const lists = new Map<string, readonly StoredDocument[]>();
  const forget = (): void => {
    known.clear();
    lists.clear();
  };
  return { forget, queries: { ...reading(sql, known, lists), ...writing(sql, known, lists) } };
}

/** Documents that are remembered, the characters of one, and the documents of a list. */
const limits = { documents: 4096, text: 4096, list: 64 } as const;

function reading(
  sql: (text: string) => SqlStatement,
  known: Map<string, unknown>,
  lists: Map<string, readonly StoredDocument[]>,
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
    documents(kind, options) {
      const list = options === undefined ? lists.get(kind) : undefined;
      if (list !== undefined) return list;
      const rows = sql(
        'SELECT key, value FROM documents WHERE kind = ? AND key > ? ORDER BY key LIMIT ?',
      ).all(kind, options?.after ?? '', options?.limit ?? -1);
      const found = rows.map((row) => ({ key: String(row['key']), value: valueOf(String(row['value'])) }));
      const small =
        found.length <= limits.list && rows.every((row) => String(row['value']).length <= limits.text);
      if (options === undefined && small) lists.set(kind, found);
      return found;
    },
    documentKinds: () =>
      sql('SELECT DISTINCT kind FROM documents')
        .all()
        .map((row) => String(row['kind'])),
  };
}

const valueOf = (text: string): unknown => frozen(JSON.parse(text) as unknown);

function writing(
  sql: (text: string) => SqlStatement,
  known: Map<string, unknown>,
  lists: Map<string, readonly StoredDocument[]>,
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
