/**
 * Storage in a folder: `onedrive.db` for records and small blobs, `blobs/` for larger ones, `tmp/` for what is not
 * yet one. Several processes may have it open.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha1 } from '../content-hasher.ts';
import type { Records, Storage } from '../storage.ts';
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
import { abandonedFolders, closeProcessFolder, openProcessFolder } from './process-folder.ts';
import { Savepoint } from './savepoint.ts';
import { prepareSchema } from './schema.ts';
import { openDatabase, type SqlStatement } from './sql-database.ts';
import { statementCache, watched } from './statements.ts';
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
 * Opens the drive that is kept in `directory`, or starts one there.
 * @throws Error when the folder cannot be used or this Node has no SQLite.
 */
export async function directoryStorage(
  directory: string,
  options: DirectoryStorageOptions = {},
): Promise<Storage> {
  const durable = options.durable ?? true;
  await mkdir(join(directory, 'blobs'), { recursive: true, mode: 0o700 });
  const database = await openDatabase(join(directory, 'onedrive.db'));
  prepareSchema(database);
  const sql = statementCache(database);
  const temporary = openProcessFolder(directory);
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
  const log = logFlusher(join(directory, 'onedrive.db-wal'), files);
  const flush = durable ? () => log.flush() : async () => {};
  const turn = new Turn(database, { ...rows.hands, flush });
  const { read, write, settled } = transactions(savepoint, turn, rows.records);

  await clearAbandoned(directory, () => write(() => clearOrphans(directory, sql)));

  const close = async (): Promise<void> => {
    turn.finish();
    await settled();
    await log.close();
    database.close();
    closeProcessFolder(temporary);
  };
  const empty = (): void => {
    savepoint.need();
    for (const table of ['items', 'documents', 'blobs']) sql(`DELETE FROM ${table}`).run();
    rows.hands.forget();
  };
  const reset = async (): Promise<void> => {
    write(empty);
    await settled();
    write(() => {
      rows.write();
      clearOrphans(directory, sql);
    });
  };
  return { onDisk: true, blobs, read, write, settled, reset, close };
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
