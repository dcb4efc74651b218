/**
 * `mkdir -p` in steps of our own. Node's recursive mkdir never ends where a file system refuses new folders with ENOENT although
 * the parent exists (Linux: below /proc), and reports ENOENT in place of the real reason on a read-only file system.
 */
import type { FileSystem } from '../file-system.ts';

/** The two calls that it takes. */
export interface FolderCalls {
  mkdir(path: string, mode: number | undefined): Promise<unknown>;
  stat: FileSystem['stat'];
  dirname(path: string): string;
}

/**
 * Creates the folder and its missing ancestors. An existing folder is left as it is.
 * @throws the error of the first folder that cannot be created; EEXIST if a file has the path.
 */
export async function makeFolders(calls: FolderCalls, path: string, mode: number | undefined): Promise<void> {
  const parent = calls.dirname(path);
  try {
    await calls.mkdir(path, mode);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' || parent === path) {
      await existing(calls, path, error);
      return;
    }
    await makeFolders(calls, parent, mode);
    await calls.mkdir(path, mode).catch((again: unknown) => existing(calls, path, again));
  }
}

/** Passes if there is a folder, whatever the call failed with: EPERM for the root of a drive, EEXIST otherwise. */
async function existing({ stat }: FolderCalls, path: string, error: unknown): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw error;
}
