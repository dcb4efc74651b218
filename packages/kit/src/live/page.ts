/**
 * Lists by `limit` and `offset`. A page shorter than asked for is the last one; v5.0 had no other mark for `files`.
 * Source: Live SDK, "Core concepts" (MSDN hh826545), "Requesting pages of data".
 */
import { OneDriveError } from '../errors/index.ts';
import { listProgress } from '../http/list-progress.ts';
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
 * @throws OneDriveError `protocol` while iterating, for a page that is longer than requested or not a list of objects,
 * and for pages that bring nothing new. An object that an earlier page had is left out.
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
  return new OneDriveError('protocol', `The answer is not a list of at most ${asked} objects.`, {
    hint: 'Check that the address is that of the Live v5.0 API.',
  });
}
