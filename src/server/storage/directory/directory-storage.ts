/**
 * Storage in a folder: `onedrive.db` for records and small blobs, `blobs/` for larger ones, `tmp/` for what is not
 * yet one. Several processes may have it open.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha1Factory } from '../content-hasher.ts';
import type { Records, Storage } from '../storage.ts';
import { blobFiles } from './blob-files.ts';
import { type BlobReferences, blobReferences } from './blob-references.ts';
import { clearOrphans } from './clear-orphans.ts';
import { FolderBlobs } from './directory-blobs.ts';
import { documentQueries } from './document-queries.ts';
import { itemCache } from './item-cache.ts';
import { itemQueries, statementCache } from './item-queries.ts';
import { logFlusher } from './log-flusher.ts';
import { nodeSha1 } from './node-sha1.ts';
import { abandonedFolders, closeProcessFolder, openProcessFolder } from './process-folder.ts';
import { prepareSchema } from './schema.ts';
import { openDatabase, type SqlStatement } from './sql-database.ts';
import { transactions } from './transactions.ts';
import { Turn } from './turn.ts';

/** How a drive in a folder is kept. */
export interface DirectoryStorageOptions {
  /**
   * Flush every write to the disk before it is answered (default). Without it an answered write outlives the process
   * but perhaps not a power cut: for tests and benchmarks.
   */
  readonly durable?: boolean;
  readonly sha1?: Sha1Factory;
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
    inline: (id) => inlineBytes(sql, id),
  });
  const references = blobReferences(sql, blobs);
  const { records, forget } = rememberingRecords(sql, references);
  const log = logFlusher(join(directory, 'onedrive.db-wal'), files);
  const flush = durable ? () => log.flush() : async () => {};
  const turn = new Turn(database, { references, forget, flush });
  const { read, write, settled } = transactions(database, turn, records);

  const abandoned = abandonedFolders(directory);
  if (abandoned.length > 0) {
    write(() => clearOrphans(directory, sql));
    for (const folder of abandoned) await rm(folder, { recursive: true, force: true });
  }

  return {
    blobs,
    read,
    write,
    settled,
    async reset() {
      write(() => {
        for (const table of ['items', 'documents', 'blobs']) sql(`DELETE FROM ${table}`).run();
        forget();
      });
      await settled();
      write(() => clearOrphans(directory, sql));
    },
    async close() {
      turn.finish();
      await settled();
      await log.close();
      database.close();
      closeProcessFolder(temporary);
    },
  };
}

function inlineBytes(sql: (text: string) => SqlStatement, id: string): Uint8Array | undefined {
  const bytes = sql('SELECT bytes FROM blobs WHERE id = ?').get(id)?.['bytes'];
  return bytes instanceof Uint8Array ? bytes : undefined;
}

/** All records, and how to make them forget what they remember of rows. */
function rememberingRecords(
  sql: (text: string) => SqlStatement,
  references: BlobReferences,
): { readonly records: Records; readonly forget: () => void } {
  const items = itemCache(itemQueries(sql));
  const documents = documentQueries(sql);
  return {
    records: { ...items.queries, ...documents.queries, ...references.records },
    forget() {
      items.forget();
      documents.forget();
    },
  };
}
