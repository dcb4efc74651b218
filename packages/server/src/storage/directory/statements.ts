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

/** Who wants to know of statements that change rows. */
export interface Watcher {
  /** One is about to run. */
  readonly before?: () => void;
  /** One has failed. */
  readonly failed?: (error: unknown) => void;
}

/** The same statements, watched. */
export function watched(
  sql: (text: string) => SqlStatement,
  { before, failed }: Watcher,
): (text: string) => SqlStatement {
  const known = new Map<string, SqlStatement>();
  return (text) => {
    const made = known.get(text);
    if (made !== undefined) return made;
    const statement = sql(text);
    const watching: SqlStatement = {
      ...statement,
      run(...values) {
        before?.();
        try {
          return statement.run(...values);
        } catch (error) {
          failed?.(error);
          throw error;
        }
      },
    };
    known.set(text, watching);
    return watching;
  };
}
