/**
 * The little of SQLite that storage needs, over whichever binding this Node has: `node:sqlite` where it is no
 * experiment any more (Node 24), `libsql` (same engine, binary inside its npm package) before that.
 */

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface SqlStatement {
  run(...values: SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number };
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): readonly SqlRow[];
}

export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

/** What both bindings look like from here. */
interface Binding {
  exec(sql: string): unknown;
  prepare(sql: string): {
    run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
    get(...values: SqlValue[]): unknown;
    all(...values: SqlValue[]): unknown[];
  };
  close(): unknown;
}

type Open = (path: string) => Binding;

/**
 * Opens a database file, creating it where there is none.
 * @throws Error when this Node has neither binding.
 */
export async function openDatabase(path: string): Promise<SqlDatabase> {
  const open = await findBinding();
  return adapt(open(path));
}

async function findBinding(): Promise<Open> {
  const stable = Number(process.versions.node.split('.')[0]) >= 24;
  const candidates = stable ? [nodeBinding, libsqlBinding] : [libsqlBinding, nodeBinding];
  for (const candidate of candidates) {
    const open = await candidate();
    if (open !== undefined) return open;
  }
  throw new Error(
    'The embedded OneDrive needs SQLite to keep a drive on disk: install the optional package libsql, or use Node 24 or newer.',
  );
}

async function nodeBinding(): Promise<Open | undefined> {
  try {
    const name = 'node:sqlite';
    const { DatabaseSync } = (await import(name)) as { DatabaseSync: new (path: string) => Binding };
    return (path) => new DatabaseSync(path);
  } catch {
    return undefined;
  }
}

async function libsqlBinding(): Promise<Open | undefined> {
  try {
    const { default: Database } = (await import('libsql')) as unknown as {
      default: new (path: string) => Binding;
    };
    return (path) => new Database(path);
  } catch {
    return undefined;
  }
}

function adapt(binding: Binding): SqlDatabase {
  return {
    exec: (sql) => {
      binding.exec(sql);
    },
    prepare(sql) {
      const statement = binding.prepare(sql);
      return {
        run(...values) {
          const { changes, lastInsertRowid } = statement.run(...values);
          return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
        },
        get: (...values) => (statement.get(...values) as SqlRow | null | undefined) ?? undefined,
        all: (...values) => statement.all(...values) as readonly SqlRow[],
      };
    },
    close: () => {
      binding.close();
    },
  };
}
