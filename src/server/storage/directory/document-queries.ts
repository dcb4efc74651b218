/** Documents, in SQL. */
import type { Records } from '../storage.ts';
import type { SqlStatement } from './sql-database.ts';

/** Documents over a database. */
export function documentQueries(
  sql: (text: string) => SqlStatement,
): Pick<Records, 'document' | 'documents' | 'documentKinds' | 'putDocument'> {
  return {
    document(kind, key) {
      const row = sql('SELECT value FROM documents WHERE kind = ? AND key = ?').get(kind, key);
      return row === undefined ? undefined : (JSON.parse(String(row['value'])) as unknown);
    },
    documents: (kind, options = {}) =>
      sql('SELECT key, value FROM documents WHERE kind = ? AND key > ? ORDER BY key LIMIT ?')
        .all(kind, options.after ?? '', options.limit ?? -1)
        .map((row) => ({ key: String(row['key']), value: JSON.parse(String(row['value'])) as unknown })),
    documentKinds: () =>
      sql('SELECT DISTINCT kind FROM documents')
        .all()
        .map((row) => String(row['kind'])),
    putDocument(kind, key, value) {
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
