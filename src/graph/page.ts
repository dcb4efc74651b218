/**
 * Lists that come in pages. A list is an async iterable of its elements and, by `.pages()`, of its pages; nothing is
 * asked before the first element is. A next link is followed as it came, but only on the API's own origin, because
 * it is sent with the token. Source: https://learn.microsoft.com/graph/paging
 */
import { OneDriveError } from '../errors/index.ts';
import type { GraphClient } from './client.ts';
import { type GraphCall, sendForObject } from './send.ts';
import type { CollectionPage } from './types/index.ts';

/** A list, element by element or page by page. Each iteration asks the service anew. */
export interface Paged<T, P = readonly T[]> extends AsyncIterable<T> {
  /** The same, page by page. */
  pages(): AsyncIterable<P>;
}

/** A list over what gives its pages. */
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

/**
 * The page that a call gives and all that follow by `@odata.nextLink`. Empty pages in between are given too.
 * @throws OneDriveError `protocol` for a page without a `value`, for a link to another origin or to the same page.
 */
export async function* followPages<P extends CollectionPage<unknown>>(
  client: GraphClient,
  first: GraphCall,
): AsyncGenerator<P, void, undefined> {
  let call = first;
  for (;;) {
    const page = await sendForObject<P>(client, call);
    if (!Array.isArray(page.value)) {
      throw new OneDriveError('protocol', `Could not ${first.what}: the answer holds no list.`, {
        hint: 'Check that the address is that of Microsoft Graph.',
      });
    }
    yield page;
    const next = page['@odata.nextLink'];
    if (next === undefined) return;
    if (next === call.url) throw endless(first.what);
    call = { ...first, query: undefined, url: sameOrigin(client, next, first.what) };
  }
}

/** A list of elements behind a call. */
export function pagedCall<T>(client: GraphClient, call: GraphCall): Paged<T, CollectionPage<T>> {
  return pagedOf(
    () => followPages<CollectionPage<T>>(client, call),
    (page) => page.value,
  );
}

/** A link that the service gave, if the token may go there. */
export function sameOrigin(client: GraphClient, link: string, what: string): string {
  const base = new URL(client.baseUrl);
  const target = urlOf(link, base);
  if (target?.origin === base.origin) return link.startsWith('/') ? target.href : link;
  throw new OneDriveError(
    'protocol',
    `Could not ${what}: the answer points to ${target?.origin ?? 'something that is no URL'} for the rest of the list.`,
    { hint: `Links are followed on ${base.origin} only, because the token goes with them.` },
  );
}

function endless(what: string): OneDriveError {
  return new OneDriveError('protocol', `Could not ${what}: the list points back at the same page for ever.`);
}

/** `URL.parse`, which Node 20 lacks. */
export function urlOf(text: string, base: string | URL): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
