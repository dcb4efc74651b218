/**
 * Which processes have the folder open. Each has a folder of its own under `tmp/`, named after its process id; one
 * whose process is gone is what a crash leaves, and the reason to look for orphans.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of this very process. */
const own = new Set<string>();

/** Makes this process's folder. */
export function openProcessFolder(directory: string): string {
  const folder = join(directory, 'tmp', `${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(folder, { recursive: true });
  own.add(folder);
  return folder;
}

/** Removes it and what is in it. */
export function closeProcessFolder(folder: string): void {
  own.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** The folders whose processes are gone. */
export function abandonedFolders(directory: string): readonly string[] {
  return readdirSync(join(directory, 'tmp'))
    .map((name) => join(directory, 'tmp', name))
    .filter((folder) => !own.has(folder) && !isRunning(Number(/(\d+)-[\da-f]+$/.exec(folder)?.[1] ?? 0)));
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
