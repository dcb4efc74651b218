/** Looks at a data folder without changing anything in it. */
import { accessSync, closeSync, constants, existsSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type DatabaseKind, readFirstPage } from './first-page.ts';
import { names } from './folder-names.ts';
import { type LogState, openExisting, readLog } from './log-pages.ts';
import { wroteToLog } from './process-folder.ts';
import { isBlobFolder, isBlobName, isProcessFolder, type StorePaths } from './store-paths.ts';

/** What a data folder holds. */
export interface StoreFindings {
  /** The database file by itself. */
  readonly database: DatabaseKind | { readonly kind: 'missing' };
  readonly log: LogState['kind'];
  /** The database as the log makes it; undefined where the log does not change the first page. */
  readonly logged: DatabaseKind | undefined;
  /** The store id beside the blobs. */
  readonly marker: string | undefined;
  /** The marker is still to be written. */
  readonly pending: boolean;
  readonly hasBlobs: boolean;
  /** A process has written to the log and has not ended, or was killed. */
  readonly inUse: boolean;
}

/** @throws the error of the file system when the folder cannot be read or written. */
export function inspectStore(paths: StorePaths): StoreFindings {
  if (existsSync(paths.directory)) accessSync(paths.directory, constants.R_OK | constants.W_OK);
  const log = readLog(paths.log);
  const page = log.kind === 'log' ? log.firstPage : undefined;
  return {
    marker: textOf(paths.marker),
    pending: existsSync(paths.pendingMarker),
    database: databaseKind(paths.database),
    log: log.kind,
    logged: page === undefined ? undefined : readFirstPage(page),
    hasBlobs: hasBlobs(paths.blobs),
    inUse: names(paths.temporary).some(
      (name) => isProcessFolder(name) && wroteToLog(join(paths.temporary, name)),
    ),
  };
}

function databaseKind(path: string): StoreFindings['database'] {
  const file = openExisting(path);
  if (file === undefined) return { kind: 'missing' };
  try {
    const page = Buffer.alloc(4096);
    return readFirstPage(page.subarray(0, readSync(file, page, 0, page.byteLength, 0)));
  } finally {
    closeSync(file);
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

function hasBlobs(blobs: string): boolean {
  return names(blobs).some((name) => isBlobFolder(name) && names(join(blobs, name)).some(isBlobName));
}
