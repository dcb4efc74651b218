/** Keeps the files of a store to its owner: folders 0700, files 0600, whatever the umask. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { names } from './folder-names.ts';
import { isBlobFolder, isBlobName, type StorePaths } from './store-paths.ts';

export const privateFolder = 0o700;
export const privateFile = 0o600;

/**
 * Creates a folder and its missing parents. Not with `recursive`: where the system answers ENOENT although the parent
 * exists, as below /proc, Node tries again without end.
 */
export function makePrivateFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) makePrivateFolder(parent);
  try {
    mkdirSync(path, { mode: privateFolder });
  } catch (error) {
    // Another process has created it meanwhile; a file in its place stays an error.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Makes the database file where it is missing: SQLite gives the log and its index the same mode. */
export function makeDatabaseFile(paths: StorePaths): void {
  closeSync(openSync(paths.database, 'a', privateFile));
}

/** Tightens what others may read. */
export function keepPrivate(paths: StorePaths): void {
  makePrivateFolder(paths.temporary);
  for (const file of [paths.database, paths.log, paths.logIndex, paths.marker, paths.reserve])
    tighten(file, privateFile);
  for (const name of names(paths.temporary)) tighten(join(paths.temporary, name), privateFolder);
  const open = [paths.temporary, paths.blobs].map((folder) => tighten(folder, privateFolder));
  for (const name of names(paths.blobs).filter(isBlobFolder))
    tightenFolder(join(paths.blobs, name), open.includes(true));
}

/** Files in a folder that only its owner can enter are out of reach: looking at each would take long. */
function tightenFolder(folder: string, wasOpen: boolean): void {
  if (!tighten(folder, privateFolder) && !wasOpen) return;
  for (const name of names(folder).filter(isBlobName)) tighten(join(folder, name), privateFile);
}

/** @returns whether others had access. */
function tighten(path: string, mode: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o077) === 0 || process.platform === 'win32') return false;
  chmodSync(path, mode);
  return true;
}
