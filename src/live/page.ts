/**
 * Lists by `limit` and `offset`. A page shorter than asked for is the last one; v5.0 had no other mark for `files`.
 * Source: Live SDK, "Core concepts" (MSDN hh826545), "Requesting pages of data".
 */
import { OneDriveError } from '../errors/index.ts';
import type { LiveCollection } from './types/index.ts';

/** A list, element by element or page by page. Each iteration asks the service anew. */
export interface Paged<T> extends AsyncIterable<T> {
  /** The same, page by page. */
  pages(): AsyncIterable<readonly T[]>;
}

/** Which part of a list. */
export interface Range {
  /** Index of the first element, from 0. */
  readonly offset?: number | undefined;
  /** Most elements to give; undefined = all. */
  readonly limit?: number | undefined;
  /** Elements to ask for at a time; 500 unless told. */
  readonly pageSize?: number | undefined;
}

/**
 * A list over a function that fetches one page.
 * @throws OneDriveError `protocol` while iterating, for a page that is longer than asked for or holds no list.
 */
export function pagedByOffset<T>(
  fetchPage: (offset: number, limit: number) => Promise<LiveCollection<T>>,
  { offset = 0, limit = Number.POSITIVE_INFINITY, pageSize = 500 }: Range = {},
): Paged<T> {
  async function* pages(): AsyncGenerator<readonly T[], void, undefined> {
    let at = offset;
    let left = limit;
    while (left > 0) {
      const asked = Math.min(pageSize, left);
      const { data } = await fetchPage(at, asked);
      if (!Array.isArray(data) || data.length > asked) throw noPage(asked);
      if (data.length > 0) yield data;
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

function noPage(asked: number): OneDriveError {
  return new OneDriveError('protocol', `The answer is not a list of at most ${asked} objects.`, {
    hint: 'Check that the address is that of the Live v5.0 API.',
  });
}
