/** Statements of one connection. */
import type { SqlDatabase, SqlStatement } from './sql-database.ts';

/** Prepares each statement once. */
export function statementCache(database: SqlDatabase): (sql: string) => SqlStatement {
  const prepared = new Map<string, SqlStatement>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = database.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
}

/** The same statements; `before` is told each time that one is about to change rows. */
export function announcing(
  sql: (text: string) => SqlStatement,
  before: () => void,
): (text: string) => SqlStatement {
  const known = new Map<string, SqlStatement>();
  return (text) => {
    const made = known.get(text);
    if (made !== undefined) return made;
    const statement = sql(text);
    const announced: SqlStatement = {
      ...statement,
      run(...values) {
        before();
        return statement.run(...values);
      },
    };
    known.set(text, announced);
    return announced;
  };
}
