/**
 * Storage in a folder: `onedrive.db` for records and small blobs, `blobs/` for larger ones, `tmp/` for what is not
 * yet one. Several processes may have it open.
 */
import { rm } from 'node:fs/promises';
import type { Sha1 } from '../content-hasher.ts';
import type { Records, Storage } from '../storage.ts';
import { StorageError } from '../storage-error.ts';
import { blobFiles } from './blob-files.ts';
import { type BlobReferences, blobReferences } from './blob-references.ts';
import { clearOrphans } from './clear-orphans.ts';
import { type DirectoryBlobs, FolderBlobs } from './directory-blobs.ts';
import { documentQueries } from './document-queries.ts';
import { itemBuffer } from './item-buffer.ts';
import { itemCache } from './item-cache.ts';
import { itemQueries } from './item-queries.ts';
import { logFlusher } from './log-flusher.ts';
import { nodeSha1 } from './node-sha1.ts';
import { openStore } from './open-store.ts';
import { abandonedFolders, closeProcessFolder, markWriting, openProcessFolder } from './process-folder.ts';
import { reportFailures } from './report-failures.ts';
import { fillReserve, releaseReserve } from './reserve.ts';
import { Savepoint } from './savepoint.ts';
import { checkpoint } from './schema.ts';
import type { SqlDatabase, SqlStatement } from './sql-database.ts';
import { asStorageError } from './sql-failure.ts';
import { statementCache, watched } from './statements.ts';
import { type StorePaths, storePaths } from './store-paths.ts';
import { transactions } from './transactions.ts';
import { Turn, type TurnHands } from './turn.ts';
import { undoLog } from './undo-log.ts';

/** How a drive in a folder is kept. */
export interface DirectoryStorageOptions {
  /**
   * Flush every write to the disk before it is answered (default). Without it an answered write outlives the process
   * but perhaps not a power cut: for tests and benchmarks.
   */
  readonly durable?: boolean;
  readonly sha1?: Sha1;
}

/**
 * Opens the drive that is kept in `directory`, or creates one there. Its files are readable by their owner only; a
 * folder that exists keeps its mode.
 * @throws StorageError when the folder holds something else, or parts of a drive that do not belong together: then
 * nothing in it was changed. Error when the folder cannot be used or this Node has no SQLite.
 */
export async function directoryStorage(
  directory: string,
  options: DirectoryStorageOptions = {},
): Promise<Storage> {
  const paths = storePaths(directory);
  try {
    return reportFailures(await open(paths, options), directory);
  } catch (error) {
    const known = asStorageError(error, directory);
    const isFull = known instanceof StorageError && known.code === 'full';
    if (!isFull || !releaseReserve(paths.reserve)) throw known;
  }
  return reportFailures(await open(paths, options), directory);
}

async function open(paths: StorePaths, options: DirectoryStorageOptions): Promise<Storage> {
  const { database, maySweep } = await openStore(paths);
  let temporary: string | undefined;
  try {
    temporary = openProcessFolder(paths.directory);
    return await storageOver({ database, paths, temporary, maySweep }, options);
  } catch (error) {
    if (temporary !== undefined) closeProcessFolder(temporary);
    database.close();
    throw error;
  }
}

interface Opened {
  readonly database: SqlDatabase;
  readonly paths: StorePaths;
  /** This process's own folder. */
  readonly temporary: string;
  readonly maySweep: boolean;
}

async function storageOver(opened: Opened, options: DirectoryStorageOptions): Promise<Storage> {
  const { database, paths, temporary } = opened;
  const { directory } = paths;
  const durable = options.durable ?? true;
  const sql = statementCache(database);
  const files = blobFiles(directory, temporary);
  const blobs = new FolderBlobs({
    files,
    sha1: options.sha1 ?? nodeSha1,
    durable,
    inline: (id) => rows.references.inline(id),
  });
  const savepoint = new Savepoint(database, () => rows.write());
  const rows = openRows({
    change: watched(sql, { before: () => savepoint.need() }),
    // Rows of several writes: with one that cannot be written, none of them can be answered for.
    sql: watched(sql, { failed: (error) => turn.lose(error) }),
    blobs,
  });
  const log = logFlusher(paths.log, files);
  const flush = durable ? () => log.flush() : async () => {};
  const turn = new Turn(database, { ...rows.hands, flush });
  const { read, write, settled } = transactions(savepoint, turn, rows.records);
  const sweep = (): void => void write(() => clearOrphans(directory, sql));

  await clearAbandoned(directory, opened.maySweep ? sweep : () => {});

  const close = async (): Promise<void> => {
    try {
      turn.finish();
      await settled();
      await log.close();
      await clearAbandoned(directory, sweep).catch(() => undefined);
      turn.finish();
      checkpoint(database);
    } finally {
      closeFiles(opened);
    }
  };
  const reset = resetting({ write, settled, sql, rows, savepoint, directory });
  fillReserve(paths.reserve);
  return {
    onDisk: true,
    blobs,
    read,
    write: noted(write, temporary),
    settled,
    reset,
    close,
    makeRoom: () => releaseReserve(paths.reserve),
  };
}

interface Resetting extends Pick<Storage, 'write' | 'settled'> {
  readonly sql: (text: string) => SqlStatement;
  readonly rows: Rows;
  readonly savepoint: Savepoint;
  readonly directory: string;
}

function resetting({ write, settled, sql, rows, savepoint, directory }: Resetting): Storage['reset'] {
  return async () => {
    write(() => {
      savepoint.need();
      for (const table of ['items', 'documents', 'blobs']) sql(`DELETE FROM ${table}`).run();
      rows.hands.forget();
    });
    await settled();
    write(() => {
      rows.write();
      clearOrphans(directory, sql);
    });
  };
}

function closeFiles({ database, paths, temporary }: Opened): void {
  // Before the database: as long as the folder is there, the log has to be.
  closeProcessFolder(temporary);
  database.close();
  fillReserve(paths.reserve);
}

/** Writes, the first one of which is noted for decide-opening.ts. */
function noted(write: Storage['write'], temporary: string): Storage['write'] {
  const note = onceTried(() => markWriting(temporary));
  return (fn) => {
    note();
    return write(fn);
  };
}

/** Runs `action` at the first call, and at later ones until it succeeds. A full disk is no reason to fail here. */
function onceTried(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    try {
      action();
      done = true;
    } catch {
      // The next call tries again.
    }
  };
}

/** What processes left behind that did not end well. */
async function clearAbandoned(directory: string, clear: () => void): Promise<void> {
  const abandoned = abandonedFolders(directory);
  if (abandoned.length === 0) return;
  clear();
  for (const folder of abandoned) await rm(folder, { recursive: true, force: true });
}

interface RowsOptions {
  readonly sql: (text: string) => SqlStatement;
  readonly change: (text: string) => SqlStatement;
  readonly blobs: DirectoryBlobs;
}

interface Rows {
  readonly records: Records;
  readonly references: BlobReferences;
  /** Puts what waits for the end of the turn into the database. */
  readonly write: () => void;
  readonly hands: Omit<TurnHands, 'flush'>;
}

/** All records, what of them waits, and what is remembered of them. */
function openRows({ sql, change, blobs }: RowsOptions): Rows {
  const undo = undoLog();
  const references = blobReferences({ change, sql, blobs, undo });
  const buffer = itemBuffer({ change: itemQueries(change), rows: itemQueries(sql), undo });
  const items = itemCache(buffer.queries);
  const documents = documentQueries(change);
  const writeRows = (): void => {
    references.write();
    buffer.write();
  };
  return {
    records: { ...items.queries, ...documents.queries, ...references.records },
    references,
    write: writeRows,
    hands: {
      undo,
      writeRows,
      loseRows() {
        references.lose();
        buffer.lose();
      },
      committed: () => references.committed(),
      forget() {
        items.forget();
        buffer.forget();
        documents.forget();
      },
    },
  };
}
