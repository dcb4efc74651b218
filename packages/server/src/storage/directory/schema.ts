/**
 * The tables. Integer keys, because text keys cost twice the space and time at a million rows; one index per question
 * that a request asks. `STRICT` refuses a value of the wrong type.
 */
import { StorageError } from '../storage-error.ts';
import { applicationId, currentFormat, firstFormatWithId } from './first-page.ts';
import type { SqlDatabase } from './sql-database.ts';

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
 *
 * A database of format 1 gets a store id, one of format 2 an index. The marker beside the blobs is written afterwards, so an interrupted
 * migration is either not begun or only lacks the marker.
 * @param newId makes the id of a store that has none.
 * @returns the store id.
 * @throws StorageError when a newer version of this program made the file.
 */
export function prepareSchema(database: SqlDatabase, newId: () => string): string {
  database.exec(busyTimeout);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA wal_autocheckpoint = 16384');
  database.exec('PRAGMA cache_size = -65536');
  if (formatOf(database) !== currentFormat) {
    update(database, newId());
    // From here on the file itself names the store, even if the log gets lost.
    checkpoint(database);
  }
  return String(database.prepare('SELECT id FROM store').get()?.['id']);
}

function update(database: SqlDatabase, id: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const format = formatOf(database);
    if (format > currentFormat)
      throw new StorageError('newer-format', `A newer onedrive-kit made the drive (format ${format}).`);
    if (format === 0) database.exec(tables);
    if (format < firstFormatWithId) database.exec(storeId(id));
    if (format < 3) database.exec(binIndex);
    if (format < currentFormat) database.exec(`PRAGMA user_version = ${currentFormat}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** A view, so that the id stands in the schema on the first page: see first-page.ts. */
const storeId = (id: string): string => `
  CREATE VIEW store AS SELECT '${id}' AS id;
  PRAGMA application_id = ${applicationId};
`;

/** The top items of a drive's recycle bin, with their sizes. */
const binIndex = 'CREATE INDEX items_bin_tops ON items (drive, size) WHERE bin > 0 AND bin = key';

function formatOf(database: SqlDatabase): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Takes the log over into the database and empties it, unless another process is in the middle of something: the last
 * one to end does it then. A full disk leaves the log as it is; nothing is lost.
 */
export function checkpoint(database: SqlDatabase): void {
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  } catch {
    // The next start reads the log.
  } finally {
    database.exec(busyTimeout);
  }
}

const busyTimeout = 'PRAGMA busy_timeout = 15000';
