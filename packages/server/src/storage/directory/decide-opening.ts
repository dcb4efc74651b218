/** Decides from what a data folder holds whether it may be opened. Pure: nothing is changed before this says yes. */
import { StorageError } from '../storage-error.ts';
import { currentFormat, firstFormatWithId } from './first-page.ts';
import type { StoreFindings } from './inspect-store.ts';

/** `create` a store, `open` one with this id, or `migrate` one of an earlier format. */
export type Opening =
  | { readonly kind: 'create' }
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'migrate' };

/** @throws StorageError `foreign`, `incomplete`, `newer-format` or `damaged`, which says what to do. */
export function decideOpening(directory: string, findings: StoreFindings): Opening {
  if (findings.log === 'not-a-log') throw damagedLog(directory);
  const { database, logged } = findings;
  if (database.kind === 'missing' || database.kind === 'empty') return withoutDatabase(directory, findings);
  const effective = logged ?? database;
  switch (effective.kind) {
    case 'store':
      if (effective.format > currentFormat) throw newerFormat(directory, effective.format);
      if (effective.format < firstFormatWithId && effective.id !== undefined)
        throw damaged(directory, `its database has the unknown format ${effective.format}`);
      return effective.format < firstFormatWithId
        ? withEarlierFormat(directory, findings)
        : withStore(directory, findings, effective.id);
    case 'no-tables':
    case 'empty':
      if (findings.pending) return { kind: 'create' };
      throw incomplete(directory, 'its database onedrive.db holds no tables', restoreLog);
    case 'not-sqlite':
    case 'foreign':
      throw foreign(
        directory,
        effective.kind === 'foreign' ? 'a database of another program' : 'not a database',
      );
  }
}

function withoutDatabase(directory: string, findings: StoreFindings): Opening {
  const { database, log, logged, marker, hasBlobs, inUse } = findings;
  const rest = marker !== undefined || hasBlobs || inUse || (log === 'log' && logged !== undefined);
  if (!rest) return { kind: 'create' };
  throw incomplete(
    directory,
    `its database onedrive.db is ${database.kind}, but other files of the drive are there`,
    'Put onedrive.db back from a copy of the whole folder. To start a new drive, use an empty folder.',
  );
}

function withEarlierFormat(directory: string, { marker, pending }: StoreFindings): Opening {
  if (marker === undefined || pending) return { kind: 'migrate' };
  throw mismatch(directory, 'it was made by release 0.1, and blobs belongs to a newer store');
}

function withStore(directory: string, findings: StoreFindings, id: string | undefined): Opening {
  const { database, marker, pending, log, inUse } = findings;
  const inFile = database.kind === 'store' ? database.id : undefined;
  if (id === undefined) throw damaged(directory, 'its database has no store id');
  if (inFile !== undefined && inFile !== id)
    throw mismatch(directory, 'onedrive.db-wal is the log of another database');
  if (marker === undefined && !pending)
    throw mismatch(directory, 'the folder blobs is missing, or is not the one of this database');
  if (marker !== undefined && marker !== id) throw mismatch(directory, 'blobs belongs to another store');
  if (inUse && log === 'missing')
    throw incomplete(
      directory,
      'a process was killed, and the log onedrive.db-wal with its last changes is missing',
      `${restoreLog} To open the drive without those changes, delete the folders in tmp.`,
    );
  return { kind: 'open', id };
}

const restoreLog =
  'Copy the whole folder, with onedrive.db-wal, while no program uses it. To start a new drive, use an empty folder.';

const incomplete = (directory: string, what: string, hint: string): StorageError =>
  new StorageError('incomplete', `The drive in ${directory} is incomplete: ${what}. Nothing was changed.`, {
    hint,
  });

const mismatch = (directory: string, what: string): StorageError =>
  new StorageError(
    'incomplete',
    `The files in ${directory} do not belong together: ${what}. Nothing was changed.`,
    { hint: 'Put the files of one drive together again: onedrive.db, onedrive.db-wal and blobs.' },
  );

const damaged = (directory: string, what: string): StorageError =>
  new StorageError('damaged', `The drive in ${directory} is damaged: ${what}. Nothing was changed.`, {
    hint: 'Put the folder back from a copy, or name another folder.',
  });

const damagedLog = (directory: string): StorageError =>
  damaged(directory, 'onedrive.db-wal is not a log of SQLite');

const foreign = (directory: string, what: string): StorageError =>
  new StorageError(
    'foreign',
    `The file onedrive.db in ${directory} is not a drive: it is ${what}. Nothing was changed.`,
    { hint: 'Name another folder.' },
  );

const newerFormat = (directory: string, format: number): StorageError =>
  new StorageError(
    'newer-format',
    `The drive in ${directory} was made by a newer onedrive-kit (format ${format}). Nothing was changed.`,
    { hint: 'Update onedrive-kit to open it.' },
  );
