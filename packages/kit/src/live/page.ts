/**
 * Lists by `limit` and `offset`. A page that is shorter than requested is the last one; v5.0 had no other end
 * mark for `files`. Source: Live SDK, "Core concepts" (MSDN hh826545), "Requesting pages of data".
 */
import { OneDriveError } from '../errors/index.ts';
import { listProgress } from '../http/list-progress.ts';
import type { LiveCollection } from './types/index.ts';

/** A list, object by object or page by page. Each iteration sends new requests. */
export interface Paged<T> extends AsyncIterable<T> {
  /** The same list, page by page. */
  pages(): AsyncIterable<readonly T[]>;
}

/** Which part of a list to read. */
export interface Range {
  /** Index of the first object, from 0. */
  readonly offset?: number | undefined;
  /** Maximum number of objects; undefined = all. */
  readonly limit?: number | undefined;
  /** Objects per request. Default: 500. */
  readonly pageSize?: number | undefined;
}

/**
 * Creates a list from a function that fetches one page.
 * @throws OneDriveError `protocol` while iterating, for a page that is longer than requested or not a list of
 * objects, and for pages without new objects. An object that an earlier page had is omitted.
 */
export function pagedByOffset<T>(
  fetchPage: (offset: number, limit: number) => Promise<LiveCollection<T>>,
  { offset = 0, limit = Number.POSITIVE_INFINITY, pageSize = 500 }: Range = {},
): Paged<T> {
  async function* pages(): AsyncGenerator<readonly T[], void, undefined> {
    const progress = listProgress<T>('list the objects');
    let at = offset;
    let left = limit;
    while (left > 0) {
      const asked = Math.min(pageSize, left);
      const { data } = await fetchPage(at, asked);
      if (!Array.isArray(data) || data.length > asked || !data.every(isObject)) throw noPage(asked);
      const fresh = progress.fresh(data);
      if (fresh.length > 0) yield fresh;
      if (data.length < asked) return;
      at += data.length;
      left -= data.length;
    }
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page;
    },
  };
}

const isObject = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one);

function noPage(asked: number): OneDriveError {
  return new OneDriveError('protocol', `The response is not a list of at most ${asked} objects.`, {
    hint: 'Check that the base URL is that of the Live v5.0 API.',
  });
}
