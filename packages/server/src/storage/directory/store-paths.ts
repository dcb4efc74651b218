/** Names of the files and folders of a store. */
import { join } from 'node:path';

export interface StorePaths {
  readonly directory: string;
  readonly database: string;
  /** SQLite's write-ahead log: it holds what was committed since the last checkpoint. */
  readonly log: string;
  /** SQLite's index of the log, shared by processes. */
  readonly logIndex: string;
  readonly blobs: string;
  readonly temporary: string;
  /** The store id, beside the blobs that belong to it. */
  readonly marker: string;
  /** Exists while a store is being created or migrated: the marker is not written yet. */
  readonly pendingMarker: string;
  /** Space to delete things on a full disk. */
  readonly reserve: string;
}

export function storePaths(directory: string): StorePaths {
  const database = join(directory, 'onedrive.db');
  const blobs = join(directory, 'blobs');
  return {
    directory,
    database,
    log: `${database}-wal`,
    logIndex: `${database}-shm`,
    blobs,
    temporary: join(directory, 'tmp'),
    marker: join(blobs, 'store-id'),
    pendingMarker: join(blobs, 'store-id.new'),
    reserve: join(directory, 'reserve'),
  };
}

/** Folders in `blobs` that hold blobs. */
export const isBlobFolder = (name: string): boolean => /^[\da-f]{2}$/.test(name);
/** Files in them that are blobs. */
export const isBlobName = (name: string): boolean => /^[\da-f]{32}$/.test(name);
/** Folders in `tmp` that belong to a process. */
export const isProcessFolder = (name: string): boolean => /^\d+-[\da-f]{8}$/.test(name);
