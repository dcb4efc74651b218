/**
 * Lists folders before the reader of a walk gets to them. The folder that is needed next is always served at once;
 * others are started when a place is free and not too many begun lists wait. Of a list that waits there is the first
 * page, and of one that is read the page after the one that is looked at: a folder of any size takes no more memory.
 */
import type { DriveItem } from '../../graph/types/index.ts';

/** Some of the children of a folder. */
export type ListPage = readonly DriveItem[];

/** The lists of a walk, by folder. */
export interface ListAhead {
  /** The children of a folder, page by page; it is listed now if it was not before. */
  take(folder: DriveItem): AsyncGenerator<ListPage, void, undefined>;
  /** Folders that will be taken later, in this order, before all that were offered earlier. */
  offer(folders: readonly DriveItem[]): void;
}

/** Begun lists that may wait, for each that may run. */
const waitingPerPlace = 4;

interface Begun {
  readonly pages: AsyncIterator<ListPage>;
  readonly first: Promise<IteratorResult<ListPage>>;
}

/**
 * @param options.concurrency lists that are begun at a time.
 */
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
    first.catch(() => undefined); // told to whoever takes it; may never be taken
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

/** The next page; whoever leaves before it comes is not told what became of it. */
function asked(pages: AsyncIterator<ListPage>): Promise<IteratorResult<ListPage>> {
  const page = pages.next();
  page.catch(() => undefined);
  return page;
}

/** What is taken was offered lately, so it is near the end. */
function removeFrom(offered: DriveItem[], id: string): void {
  const at = offered.findLastIndex((folder) => folder.id === id);
  if (at >= 0) offered.splice(at, 1);
}
