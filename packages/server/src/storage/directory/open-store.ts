/** From a data folder to an open database: examined first, then created or migrated where that is needed. */
import { randomBytes } from 'node:crypto';
import { realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StorageError } from '../storage-error.ts';
import { decideOpening, type Opening } from './decide-opening.ts';
import { inspectStore, type StoreFindings } from './inspect-store.ts';
import { keepPrivate, makeDatabaseFile, makePrivateFolder, privateFile } from './private-files.ts';
import { hasOpen } from './process-folder.ts';
import { prepareSchema } from './schema.ts';
import { openDatabase, type SqlDatabase } from './sql-database.ts';
import type { StorePaths } from './store-paths.ts';

export interface OpenStore {
  readonly database: SqlDatabase;
  /**
   * May blobs without a record be deleted? Not where release 0.1 left no log after a process was killed: records that
   * mention them may have been in it.
   */
  readonly maySweep: boolean;
}

/** @throws StorageError or an error of the file system; then nothing in the folder was changed. */
export async function openStore(paths: StorePaths): Promise<OpenStore> {
  makePrivateFolder(paths.directory);
  const { opening, findings } = examine(paths);
  makePrivateFolder(paths.blobs);
  if (opening !== undefined && opening.kind !== 'open') writePrivate(paths.pendingMarker, '');
  if (opening !== undefined) makeDatabaseFile(paths);
  const database = await openDatabase(paths.database);
  try {
    const id = prepareSchema(database, () => randomBytes(16).toString('hex'));
    if (opening?.kind === 'open' && id !== opening.id) throw changedMeanwhile(paths.directory);
    if (opening !== undefined && findings?.marker !== id) writeMarker(paths, id);
    keepPrivate(paths);
  } catch (error) {
    database.close();
    throw error;
  }
  return { database, maySweep: opening?.kind !== 'migrate' || findings?.log === 'log' };
}

interface Examined {
  /**
   * Undefined when this process has the store open already. Its files must not be read then: closing a file drops the
   * locks that SQLite holds on it. https://www.sqlite.org/howtocorrupt.html section 2.2
   */
  readonly opening: Opening | undefined;
  readonly findings: StoreFindings | undefined;
}

function examine(paths: StorePaths): Examined {
  if (hasOpen(realpathSync(paths.directory))) return { opening: undefined, findings: undefined };
  try {
    return decide(paths);
  } catch (error) {
    // Another process may have been creating the store while this one looked.
    if (error instanceof StorageError) return decide(paths);
    throw error;
  }
}

function decide(paths: StorePaths): Examined {
  const findings = inspectStore(paths);
  return { findings, opening: decideOpening(paths.directory, findings) };
}

function writeMarker(paths: StorePaths, id: string): void {
  const temporary = `${paths.marker}.${process.pid}`;
  writePrivate(temporary, `${id}\n`);
  renameSync(temporary, paths.marker);
  rmSync(paths.pendingMarker, { force: true });
}

function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: privateFile });
}

const changedMeanwhile = (directory: string): StorageError =>
  new StorageError('incomplete', `The database in ${directory} was replaced while it was opened.`, {
    hint: 'Run the command again.',
  });
