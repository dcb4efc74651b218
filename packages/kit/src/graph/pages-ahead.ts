/** Pages one ahead of the reader: what is done with a page costs no time while the next one is on its way. */

/**
 * The same pages; the next one is asked for when a page is given. A reader that leaves early has asked for one page
 * too many, whose answer is dropped.
 */
export async function* pagesAhead<P>(pages: AsyncIterable<P>): AsyncGenerator<P, void, undefined> {
  const source = pages[Symbol.asyncIterator]();
  let next = source.next();
  try {
    for (let page = await next; page.done !== true; page = await next) {
      next = source.next();
      next.catch(() => undefined); // told when its turn comes, or to nobody
      yield page.value;
    }
  } finally {
    void source.return?.().catch(() => undefined);
  }
}
