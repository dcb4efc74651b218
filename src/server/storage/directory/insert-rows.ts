/** Many rows in few statements: each call of SQLite costs about as much as the row that it inserts. */
import type { SqlStatement, SqlValue } from './sql-database.ts';

/** Rows of one statement; few sizes, so that few statements are prepared. */
const sizes = [32, 8, 1] as const;

/** Inserts rows of `columns` into `table`. */
export function insertRows(
  sql: (text: string) => SqlStatement,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): void {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
  let at = 0;
  for (const size of sizes) {
    const text = into + Array.from({ length: size }, () => row).join(', ');
    for (; rows.length - at >= size; at += size) sql(text).run(...rows.slice(at, at + size).flat());
  }
}
