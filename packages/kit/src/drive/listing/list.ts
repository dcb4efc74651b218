/** What is in a folder, in pages or one by one, from an offset on and up to a limit. */
import type { ItemRef } from '../../graph/item-ref.ts';
import { type Paged, pagedOf } from '../../graph/page.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import { explained } from '../explain-missing.ts';
import { itemKind } from '../item-kind.ts';
import type { ProviderList } from '../provider/provider.ts';
import { notAFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';

/** How to list. */
export interface ListOptions extends DriveOptions {
  /** Elements to leave out at the start. Graph cannot skip, so they are read and dropped. */
  readonly offset?: number | undefined;
  /** Elements to give at most. */
  readonly limit?: number | undefined;
  /** `name`, `size desc`, `lastModifiedDateTime` …; the service's own order unless told. */
  readonly orderBy?: string | undefined;
}

/** A list of items: element by element, or by `.pages()`, arrays as the service cuts them. */
export type Listing = Paged<DriveItem>;

/**
 * Lists a folder. Nothing is asked before the first element or page is.
 * @throws OneDriveError `not-found`; `not-supported` when the target is a file.
 */
export function list(context: DriveContext, target: Target, options: ListOptions = {}): Listing {
  const ref = resolve(target, options.as);
  return sliced(() => folderPages(context, ref, options), options);
}

async function* folderPages(
  context: DriveContext,
  ref: ItemRef,
  options: ListOptions,
): AsyncGenerator<readonly DriveItem[], void, undefined> {
  const { at, pages, first } = await explained(context, ref, { ...options, inside: true }, async (at) => {
    const pages = context.provider.children(at, providerList(options)).pages()[Symbol.asyncIterator]();
    return { at, pages, first: await pages.next() };
  });
  let empty = true;
  for (let page = first; page.done !== true; page = await pages.next()) {
    empty &&= page.value.length === 0;
    yield page.value;
  }
  if (empty) await checkFolder(context, at, options);
}

/** A file has no children either: only an empty list makes it worth a request to tell it from a folder. */
async function checkFolder(context: DriveContext, ref: ItemRef, options: ListOptions): Promise<void> {
  const item = await context.provider.item(ref, { signal: options.signal });
  if (itemKind(item) !== 'folder') throw notAFolder(ref, item);
}

/** @internal What a list asks of a provider. */
export function providerList({ signal, orderBy, offset = 0, limit }: ListOptions): ProviderList {
  return { signal, orderBy, limit: limit === undefined ? undefined : offset + limit };
}

/** @internal Pages cut to offset and limit; stops asking when the limit is reached. */
export function sliced(
  pages: () => AsyncIterable<readonly DriveItem[]>,
  { offset = 0, limit = Number.POSITIVE_INFINITY }: ListOptions,
): Listing {
  async function* cut() {
    let seen = 0;
    if (limit <= 0) return;
    for await (const page of pages()) {
      const part = page.slice(Math.max(0, offset - seen), Math.max(0, offset + limit - seen));
      seen += page.length;
      if (part.length > 0) yield part;
      if (seen >= offset + limit) return;
    }
  }
  return pagedOf(cut, (page) => page);
}
