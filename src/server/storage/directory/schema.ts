/**
 * The tables. Integer keys, because text keys cost twice the space and time at a million rows; one index per question
 * that a request asks. `STRICT` refuses a value of the wrong type.
 */
import type { SqlDatabase } from './sql-database.ts';

const version = 1;

const tables = `
  CREATE TABLE items (
    key INTEGER PRIMARY KEY,
    drive INTEGER NOT NULL,
    id TEXT NOT NULL,
    parent INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    rank INTEGER NOT NULL,
    size INTEGER NOT NULL,
    children INTEGER NOT NULL,
    version INTEGER NOT NULL,
    content INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    bin INTEGER NOT NULL,
    blob TEXT,
    data TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX items_id ON items (drive, id);
  CREATE UNIQUE INDEX items_sequence ON items (drive, sequence);
  CREATE INDEX items_listing ON items (parent, rank, folded) WHERE bin = 0;
  CREATE INDEX items_binned ON items (parent) WHERE bin > 0;
  CREATE TABLE documents (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE blobs (
    id TEXT PRIMARY KEY,
    refs INTEGER NOT NULL,
    bytes BLOB
  ) STRICT;
`;

/**
 * Sets the connection up and makes the tables where there are none.
 *
 * WAL lets several processes read while one writes. With `synchronous=NORMAL` a commit reaches the log file and outlives
 * the process; the flush that makes it outlive a power cut is `log-flusher.ts`. The log is taken over into the database
 * every 64 MiB instead of every 4, because that holds the event loop.
 * @throws Error when a newer version of this program made the file.
 */
export function prepareSchema(database: SqlDatabase): void {
  database.exec('PRAGMA busy_timeout = 15000');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA wal_autocheckpoint = 16384');
  database.exec('PRAGMA cache_size = -65536');
  if (versionOf(database) === version) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = versionOf(database);
    if (found > version)
      throw new Error(`The drive was kept by a newer onedrive-kit (format ${found}); update to open it.`);
    if (found === 0) database.exec(`${tables} PRAGMA user_version = ${version};`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: SqlDatabase): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
