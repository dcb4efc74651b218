/** Which errors of SQLite and of the file system mean that a data folder cannot be read or written. Pure. */
import { StorageError, type StorageErrorCode } from '../storage-error.ts';

/** Result codes, extended ones where they tell more: https://www.sqlite.org/rescode.html */
const bySqlCode: Readonly<Record<number, StorageErrorCode>> = {
  3: 'read-only', // SQLITE_PERM
  8: 'read-only',
  10: 'io',
  11: 'damaged', // SQLITE_CORRUPT
  13: 'full',
  14: 'read-only', // SQLITE_CANTOPEN
  26: 'foreign', // SQLITE_NOTADB
  // A limit on the size of files, and a quota, arrive as a failed write.
  778: 'full', // SQLITE_IOERR_WRITE
  1546: 'full', // SQLITE_IOERR_TRUNCATE
  4874: 'full', // SQLITE_IOERR_SHMSIZE
};

const byErrno: Readonly<Record<string, StorageErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'io',
};

const reasons: Readonly<Record<StorageErrorCode, string>> = {
  foreign: 'onedrive.db is not a database',
  incomplete: 'files are missing',
  'newer-format': 'a newer onedrive-kit made it',
  damaged: 'the database onedrive.db is damaged',
  full: 'the disk is full, or a quota or a limit on file sizes is reached',
  'read-only': 'it cannot be written',
  io: 'the disk reports an error',
};

const hints: Partial<Record<StorageErrorCode, string>> = {
  full: 'Free some space on that disk. Deleting from the drive works without free space.',
  'read-only': 'Check who may write there, or name another folder.',
  damaged: 'Put the folder back from a copy; what is still readable can be downloaded first.',
  io: 'Check the disk.',
};

/** An error of the disk or the database as StorageError that names the folder; any other error as it is. */
export function asStorageError(error: unknown, directory: string): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  const message = `The embedded drive in ${directory} cannot be used: ${reasons[code]} (${error.message}).`;
  const hint = hints[code];
  return new StorageError(code, message, { cause: error, ...(hint === undefined ? {} : { hint }) });
}

function codeOf(error: Error): StorageErrorCode | undefined {
  const sql = sqlCode(error);
  if (sql !== undefined) return bySqlCode[sql] ?? bySqlCode[sql & 0xff];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? undefined : byErrno[code];
}

/** `rawCode` in libsql, `errcode` in node:sqlite. */
function sqlCode(error: Error): number | undefined {
  for (const name of ['rawCode', 'errcode'] as const) {
    const value: unknown = (error as Error & { [key: string]: unknown })[name];
    if (typeof value === 'number') return value;
  }
  return undefined;
}
