/**
 * Which of the files that were asked for by name were met on the way through a tree: a list may name what is not there,
 * and wildcards may match nothing. Nobody should take that for a transfer that went well.
 */
import { OneDriveError } from '../../../errors/index.ts';
import type { Crew } from './crew.ts';
import { listedPaths, type Selection } from './selection.ts';

/** Keeps count. */
export interface MetFiles {
  /** There is a file of this path, and it is meant. */
  add(path: string): void;
  /** What is at this path and below is left out, or cannot be looked at. */
  leave(path: string): void;
  /**
   * The way through the tree is over: tells of each listed file that is not there.
   * @throws OneDriveError `not-found` when wildcards matched nothing.
   */
  tellMissing(crew: Pick<Crew, 'tell'>): Promise<void>;
}

/** Nothing met so far. */
export function metFiles(selection: Selection): MetFiles {
  const { only = [], glob } = selection.rules ?? {};
  const wanted = new Set(listedPaths(only).filter((path) => selection.file(path)));
  let any = false;
  return {
    add(path) {
      any = true;
      wanted.delete(path);
    },
    leave(path) {
      any = true;
      for (const one of wanted)
        if (path === '' || one === path || one.startsWith(`${path}/`)) wanted.delete(one);
    },
    async tellMissing(crew) {
      for (const path of wanted) await crew.tell({ type: 'failed', path, error: notThere(path) });
      if (glob === undefined || any) return;
      throw new OneDriveError('not-found', `Nothing matches ${glob.slice(1)}.`, {
        hint: 'Check the wildcards, and what is in the folder.',
      });
    },
  };
}

function notThere(path: string): OneDriveError {
  return new OneDriveError('not-found', `There is no file ${path}, and yet it is listed.`, {
    hint: 'A list names files, each by its path from the folder on.',
  });
}
