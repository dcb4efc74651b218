/**
 * Lists folders before the reader of a walk reaches them. The folder that is needed next is always listed at
 * once; others are started when a slot is free and not too many started lists wait. A waiting list has its
 * first page in memory, and a list that is read has the next page: a folder of any size takes no more memory.
 */
import type { DriveItem } from '../../graph/types/index.ts';

/** Some of the children of a folder. */
export type ListPage = readonly DriveItem[];

/** The lists of a walk, by folder. */
export interface ListAhead {
  /** The children of a folder, page by page; it is listed now if that has not started. */
  take(folder: DriveItem): AsyncGenerator<ListPage, void, undefined>;
  /** Folders that will be taken later, in this order, before all that were offered earlier. */
  offer(folders: readonly DriveItem[]): void;
}

/** Maximum number of started lists that wait, for each that may run. */
const waitingPerPlace = 4;

interface Begun {
  readonly pages: AsyncIterator<ListPage>;
  readonly first: Promise<IteratorResult<ListPage>>;
}

/** @param options.concurrency number of lists that are started at a time. */
export function listAhead(
  listFolder: (folder: DriveItem) => AsyncIterable<ListPage>,
  { concurrency }: { readonly concurrency: number },
): ListAhead {
  const started = new Map<string, Begun>();
  /** Offered and not started; the next one is last. */
  const offered: DriveItem[] = [];
  let running = 0;

  const start = (folder: DriveItem): Begun => {
    running += 1;
    const pages = listFolder(folder)[Symbol.asyncIterator]();
    const first = asked(pages).finally(() => {
      running -= 1;
      startMore();
    });
    first.catch(() => undefined); // thrown when the list is taken, if ever
    const begun = { pages, first };
    started.set(folder.id, begun);
    return begun;
  };

  const startMore = () => {
    while (running < concurrency && started.size < concurrency * (1 + waitingPerPlace)) {
      const folder = offered.pop();
      if (folder === undefined) return;
      if (!started.has(folder.id)) start(folder);
    }
  };

  return {
    async *take(folder) {
      const { pages, first } = started.get(folder.id) ?? start(folder);
      removeFrom(offered, folder.id);
      try {
        await first;
      } finally {
        started.delete(folder.id);
        startMore();
      }
      for (let page = await first; page.done !== true; ) {
        const next = asked(pages);
        yield page.value;
        page = await next;
      }
    },
    offer(folders) {
      offered.push(...folders.toReversed());
      startMore();
    },
  };
}

/** The next page; a caller that stops before it arrives does not get its error. */
function asked(pages: AsyncIterator<ListPage>): Promise<IteratorResult<ListPage>> {
  const page = pages.next();
  page.catch(() => undefined);
  return page;
}

/** A folder that is taken was offered recently, so it is near the end. */
function removeFrom(offered: DriveItem[], id: string): void {
  const at = offered.findLastIndex((folder) => folder.id === id);
  if (at >= 0) offered.splice(at, 1);
}
