/** The items in a folder, in pages or one by one, from an offset and up to a limit. */
import type { ItemRef } from '../../graph/item-ref.ts';
import { type Paged, pagedOf } from '../../graph/page.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import { explained } from '../explain-missing.ts';
import { itemKind } from '../item-kind.ts';
import type { ProviderList } from '../provider/provider.ts';
import { notAFolder } from '../stat.ts';
import type { DriveContext } from '../world.ts';

/** Options for listing. */
export interface ListOptions extends DriveOptions {
  /** Number of items to skip at the start. Graph has no offset, so they are read and dropped. */
  readonly offset?: number | undefined;
  /** Maximum number of items. */
  readonly limit?: number | undefined;
  /** `name`, `size desc`, `lastModifiedDateTime` … Default: the service's own order. */
  readonly orderBy?: string | undefined;
}

/** A list of items: one by one, or with `.pages()` as arrays, as the service returns them. */
export type Listing = Paged<DriveItem>;

/**
 * Lists a folder. No request is sent before the first item or page is read.
 * @throws OneDriveError `not-found`; `not-supported` if the target is a file.
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

/** A file has no children either: only an empty list needs a request to distinguish a file from a folder. */
async function checkFolder(context: DriveContext, ref: ItemRef, options: ListOptions): Promise<void> {
  const item = await context.provider.item(ref, { signal: options.signal });
  if (itemKind(item) !== 'folder') throw notAFolder(ref, item);
}

/** @internal The provider options of a list. */
export function providerList({ signal, orderBy, offset = 0, limit }: ListOptions): ProviderList {
  return { signal, orderBy, limit: limit === undefined ? undefined : offset + limit };
}

/** @internal Applies offset and limit to pages; sends no further request when the limit is reached. */
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
