/**
 * Tracks which of the requested files a tree transfer has found: a list may name missing files, and a pattern may match
 * nothing. Both are reported, so that the transfer does not look successful.
 */
import { OneDriveError } from '../../../errors/index.ts';
import { listedPaths, type Selection } from './selection.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Records the files found. */
export interface MatchTracker {
  /** A selected file exists at this path. */
  add(path: string): void;
  /** Everything at and below this path is omitted or cannot be read. */
  skip(path: string): void;
  /**
   * Called at the end of the walk: reports each listed file that was not found.
   * @throws OneDriveError `not-found` if the pattern matched nothing.
   */
  reportUnmatched(pool: Pick<WorkerPool, 'emit'>): Promise<void>;
}

/** Returns a tracker without matches. */
export function matchTracker(selection: Selection): MatchTracker {
  const { only = [], glob } = selection.rules ?? {};
  const unmatched = new Set(listedPaths(only).filter((path) => selection.file(path)));
  let hasMatch = false;
  return {
    add(path) {
      hasMatch = true;
      unmatched.delete(path);
    },
    skip(path) {
      hasMatch = true;
      for (const listedPath of unmatched)
        if (path === '' || listedPath === path || listedPath.startsWith(`${path}/`))
          unmatched.delete(listedPath);
    },
    async reportUnmatched(pool) {
      for (const path of unmatched) await pool.emit({ type: 'failed', path, error: missingFile(path) });
      if (glob === undefined || hasMatch) return;
      throw new OneDriveError('not-found', `Nothing matches ${glob.slice(1)}.`, {
        hint: 'Check the pattern and the names in the folder.',
      });
    },
  };
}

function missingFile(path: string): OneDriveError {
  return new OneDriveError('not-found', `The listed file ${path} does not exist.`, {
    hint: 'List files by their paths relative to the folder.',
  });
}
