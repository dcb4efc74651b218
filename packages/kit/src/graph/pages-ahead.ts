/** Reads pages one ahead of the reader, so that the next one loads while the current one is processed. */

/**
 * The same pages; the next one is requested when a page is returned. If the reader stops early, one page too
 * many was requested and is discarded.
 */
export async function* pagesAhead<P>(pages: AsyncIterable<P>): AsyncGenerator<P, void, undefined> {
  const source = pages[Symbol.asyncIterator]();
  let next = source.next();
  try {
    for (let page = await next; page.done !== true; page = await next) {
      next = source.next();
      next.catch(() => undefined); // thrown when the page is read, if ever
      yield page.value;
    }
  } finally {
    void source.return?.().catch(() => undefined);
  }
}
