/**
 * Which processes have the folder open. Each has a folder of its own under `tmp/`, named after its process id; one
 * whose process is gone is what a crash leaves, and the reason to look for orphans.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { names } from './folder-names.ts';
import { privateFile, privateFolder } from './private-files.ts';
import { isProcessFolder } from './store-paths.ts';

/** Names of this process's folders, with the data folders that they are in. */
const own = new Map<string, string>();

/** Makes this process's folder. */
export function openProcessFolder(directory: string): string {
  const folder = join(directory, 'tmp', `${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(folder, { recursive: true, mode: privateFolder });
  own.set(basename(folder), realpathSync(directory));
  return folder;
}

/** Removes it and what is in it. */
export function closeProcessFolder(folder: string): void {
  own.delete(basename(folder));
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Records that this process writes to SQLite's log. Until it ends cleanly the log must exist, so that a missing log
 * is noticed: see decide-opening.ts.
 */
export function markWriting(folder: string): void {
  writeFileSync(join(folder, logNote), '', { mode: privateFile });
}

/** Did the process of this folder write to the log? */
export function wroteToLog(folder: string): boolean {
  return existsSync(join(folder, logNote));
}

const logNote = 'log';

/** Does this process have the store in `directory` (a real path) open? */
export function hasOpen(directory: string): boolean {
  return [...own.values()].includes(directory);
}

/** The folders whose processes are gone. Anything else in `tmp` is not ours. */
export function abandonedFolders(directory: string): readonly string[] {
  return names(join(directory, 'tmp'))
    .filter(isProcessFolder)
    .map((name) => join(directory, 'tmp', name))
    .filter((folder) => !own.has(basename(folder)) && !isRunning(Number.parseInt(basename(folder), 10)));
}

/** A process with our own id that is not us is gone: the id was given out again. */
function isRunning(id: number): boolean {
  if (id === 0 || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
