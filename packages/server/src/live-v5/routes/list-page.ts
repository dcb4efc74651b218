/**
 * A page of a list, by `limit` and `offset`, and where the ones before and after it are. Only a client that asks for
 * pages is told of them. Source: MSDN dn659731, "File and folder properties".
 */
import { readListQuery } from '../live-query.ts';
import type { Json } from '../object-json.ts';
import type { LiveAnswer, LiveContext } from './live-route.ts';

/** The part of `all` that was asked for. */
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

/** Neighbours of a page, as its `paging`; nothing where no `limit` was asked for. */
export function pagingOf(
  { request, query }: LiveContext,
  page: { readonly offset: number; readonly limit: number | undefined; readonly more: boolean },
): { readonly paging?: Json } {
  const { offset, limit, more } = page;
  if (limit === undefined || limit === 0) return {};
  const at = (from: number): string => {
    // The offset comes first: that is where php-skydrive looks for it.
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
