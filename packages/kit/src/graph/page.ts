/**
 * Paged lists. A list is an async iterable of its items and, with `.pages()`, of its pages; no request is
 * sent before the first item is read. A next link is followed unchanged, but only on the API's own origin,
 * because it is sent with the token. Source: https://learn.microsoft.com/graph/paging
 */
import { OneDriveError } from '../errors/index.ts';
import { listProgress } from '../http/list-progress.ts';
import type { GraphClient } from './client.ts';
import { type GraphCall, sendForObject } from './send.ts';
import type { CollectionPage } from './types/index.ts';

/** A list, item by item or page by page. Each iteration sends new requests. */
export interface Paged<T, P = readonly T[]> extends AsyncIterable<T> {
  /** The same list, page by page. */
  pages(): AsyncIterable<P>;
}

/** Creates a list from a function that returns its pages. */
export function pagedOf<T, P>(
  pages: () => AsyncIterable<P>,
  elements: (page: P) => Iterable<T>,
): Paged<T, P> {
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* elements(page);
    },
  };
}

/** Options for following pages. */
export interface PageOptions {
  /** Delta: an item may occur again with its latest state, and the last page has a delta link. */
  readonly delta?: boolean;
}

/**
 * Returns the page of a call and all that follow by `@odata.nextLink`, including empty pages. An item that an
 * earlier page had is omitted, except in delta.
 * @throws OneDriveError `protocol` for a page without a list of objects, for a link to another origin, for
 * pages in a cycle or without new items, and for a delta that ends without a delta link.
 */
export async function* followPages<P extends CollectionPage<unknown>>(
  client: GraphClient,
  first: GraphCall,
  { delta = false }: PageOptions = {},
): AsyncGenerator<P, void, undefined> {
  const { what } = first;
  const progress = listProgress<P['value'][number]>(what);
  let call = first;
  for (;;) {
    const page = await sendForObject<P>(client, call);
    const next = nextLink(page, what);
    if (next === undefined && delta && typeof page['@odata.deltaLink' as keyof P] !== 'string')
      throw damaged(what, 'the last page has no delta link');
    const fresh = progress.fresh(readList(page, what));
    yield delta || fresh.length === page.value.length ? page : { ...page, value: fresh };
    if (next === undefined) return;
    call = { ...first, query: undefined, url: sameOrigin(client, next, what) };
    progress.visit(call.url);
  }
}

/** Returns the items of a page. @throws OneDriveError `protocol` if they are not a list of objects. */
export function readList<T>(page: { readonly value?: readonly T[] | undefined }, what: string): readonly T[] {
  const value: unknown = page.value;
  if (!Array.isArray(value)) throw damaged(what, 'the response contains no list');
  if (value.some((one) => typeof one !== 'object' || one === null || Array.isArray(one)))
    throw damaged(what, 'the list contains something that is not an object');
  return value as readonly T[];
}

function nextLink(page: CollectionPage<unknown>, what: string): string | undefined {
  const link: unknown = page['@odata.nextLink'] ?? undefined;
  if (link === undefined || (typeof link === 'string' && link !== '')) return link;
  throw damaged(what, 'the link to the next page is not a URL');
}

function damaged(what: string, why: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: ${why}.`, {
    hint: 'Check that the base URL is that of Microsoft Graph, then try again.',
  });
}

/** The list of items of a call. */
export function pagedCall<T>(client: GraphClient, call: GraphCall): Paged<T, CollectionPage<T>> {
  return pagedOf(
    () => followPages<CollectionPage<T>>(client, call),
    (page) => page.value,
  );
}

/** Returns a link from the service if the token may be sent to it. */
function sameOrigin(client: GraphClient, link: string, what: string): string {
  const base = new URL(client.baseUrl);
  const target = urlOf(link, base);
  if (target?.origin === base.origin) return link.startsWith('/') ? target.href : link;
  throw new OneDriveError(
    'protocol',
    `Could not ${what}: the link to the next page leads to ${target?.origin ?? 'an invalid URL'}.`,
    { hint: `Links are followed on ${base.origin} only, because the token is sent with them.` },
  );
}

/** `URL.parse`, which Node 20 lacks. */
export function urlOf(text: string, base: string | URL): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
