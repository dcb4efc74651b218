/**
 * A page of a list, by `limit` and `offset`, with links to the previous and next page, which are returned only if the client
 * requests pages. Source: MSDN dn659731, "File and folder properties".
 */
import { readListQuery } from '../live-query.ts';
import type { Json } from '../object-json.ts';
import type { LiveAnswer, LiveContext } from './live-route.ts';

/** The requested part of `all`. */
export function pageOf<T>(
  context: LiveContext,
  all: readonly T[],
  json: (element: T) => unknown,
): LiveAnswer {
  const { offset, limit } = readListQuery(context.query);
  const data = all.slice(offset, limit === undefined ? undefined : offset + limit).map(json);
  const paging = pagingOf(context, {
    offset,
    limit,
    more: limit !== undefined && all.length > offset + limit,
  });
  return { status: 200, json: { data, ...paging } };
}

const own: ReadonlySet<string> = new Set(['access_token', 'offset', 'limit']);

/** The links to neighboring pages, as `paging`; none without `limit`. */
export function pagingOf(
  { request, query }: LiveContext,
  page: { readonly offset: number; readonly limit: number | undefined; readonly more: boolean },
): { readonly paging?: Json } {
  const { offset, limit, more } = page;
  if (limit === undefined || limit === 0) return {};
  const at = (from: number): string => {
    // The offset comes first, because php-skydrive expects it there.
    const next = new URLSearchParams({ offset: String(from), limit: String(limit) });
    for (const [name, value] of query) if (!own.has(name)) next.append(name, value);
    return `${request.url.origin}${request.url.pathname}?${next.toString()}`;
  };
  const paging = {
    ...(offset > 0 ? { previous: at(Math.max(0, offset - limit)) } : {}),
    ...(more ? { next: at(offset + limit) } : {}),
  };
  return { paging };
}
