/** What kept a storage from reading or writing, as a typed error that names the data folder. */

/**
 * - `foreign`: the folder holds something that this program did not make.
 * - `incomplete`: parts of the store are missing, or belong to another store.
 * - `newer-format`: a newer version of this program made the store.
 * - `damaged`: bytes of the store cannot be read as they were written.
 * - `full`: the disk, a quota or a limit on file sizes leaves no room to write.
 * - `read-only`: the folder may not be written.
 * - `io`: the disk reports an error.
 */
export type StorageErrorCode =
  | 'foreign'
  | 'incomplete'
  | 'newer-format'
  | 'damaged'
  | 'full'
  | 'read-only'
  | 'io';

export interface StorageErrorOptions {
  readonly cause?: unknown;
  /** What the reader can do about it. */
  readonly hint?: string;
}

/** The data folder cannot be used as asked. The message names the folder. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  readonly hint: string | undefined;

  constructor(code: StorageErrorCode, message: string, { cause, hint }: StorageErrorOptions = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'StorageError';
    this.code = code;
    this.hint = hint;
  }
}
