/**
 * Lists folders before the reader of a walk gets to them. The folder that is needed next is always served at once;
 * others are started when a place is free and not too many finished lists wait.
 */
import type { DriveItem } from '../../graph/types/index.ts';

/** The lists of a walk, by folder. */
export interface ListAhead {
  /** The children of a folder, which is listed now if it was not before. */
  take(folder: DriveItem): Promise<readonly DriveItem[]>;
  /** Folders that will be taken later, in this order, before all that were offered earlier. */
  offer(folders: readonly DriveItem[]): void;
}

/** Finished lists that may wait, for each that may run. */
const waitingPerPlace = 4;

/**
 * @param options.concurrency lists that run at a time.
 */
export function listAhead(
  listFolder: (folder: DriveItem) => Promise<readonly DriveItem[]>,
  { concurrency }: { readonly concurrency: number },
): ListAhead {
  const started = new Map<string, Promise<readonly DriveItem[]>>();
  /** Offered and not started; the next one is last. */
  const offered: DriveItem[] = [];
  let running = 0;

  const start = (folder: DriveItem) => {
    running += 1;
    const list = listFolder(folder).finally(() => {
      running -= 1;
      startMore();
    });
    list.catch(() => undefined); // told to whoever takes it; may never be taken
    started.set(folder.id, list);
    return list;
  };

  const startMore = () => {
    while (running < concurrency && started.size < concurrency * (1 + waitingPerPlace)) {
      const folder = offered.pop();
      if (folder === undefined) return;
      if (!started.has(folder.id)) void start(folder);
    }
  };

  return {
    async take(folder) {
      const list = started.get(folder.id) ?? start(folder);
      removeFrom(offered, folder.id);
      try {
        return await list;
      } finally {
        started.delete(folder.id);
        startMore();
      }
    },
    offer(folders) {
      offered.push(...folders.toReversed());
      startMore();
    },
  };
}

/** What is taken was offered lately, so it is near the end. */
function removeFrom(offered: DriveItem[], id: string): void {
  const at = offered.findLastIndex((folder) => folder.id === id);
  if (at >= 0) offered.splice(at, 1);
}
