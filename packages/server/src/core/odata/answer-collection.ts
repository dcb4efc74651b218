/**
 * Responses with lists that are built in full: people, groups, sites, drives, columns. `$select`, `$orderby`, `$top`,
 * `$count` and next links work as for paged lists. https://learn.microsoft.com/graph/query-parameters
 */

import type { GraphContext } from '../../files/drives/drive-route.ts';
import type { Json } from '../../files/items/item-json.ts';
import { json } from '../answers.ts';
import type { ServerResponse } from '../http.ts';
import { invalidRequest } from '../service-error.ts';
import { nextLink } from './next-link.ts';
import type { Ordering } from './odata-query.ts';
import { selectProperties } from './select.ts';

/**
 * Returns the requested page; `related` loads related data for each entry of the page. @throws ServiceError 400 for an
 * invalid paging token.
 */
export function answerCollection(
  context: GraphContext,
  kind: string,
  all: readonly Json[],
  related: (one: Json) => Json = () => ({}),
): ServerResponse {
  const { options, links, world } = context;
  const start = startOf(options.skipToken);
  const end = start + Math.min(options.top ?? world.settings.pageSize, world.settings.pageLimit);
  return json(200, {
    '@odata.context': `${links.base}/$metadata#${kind}`,
    ...(options.count ? { '@odata.count': all.length } : {}),
    ...(end < all.length ? { '@odata.nextLink': nextLink(context, `n${end}`) } : {}),
    value: inOrder(all, options.orderBy)
      .slice(start, end)
      .map((one) => ({ ...selectProperties(one, options.select), ...related(one) })),
  });
}

function inOrder(all: readonly Json[], ordering: Ordering | undefined): readonly Json[] {
  if (ordering === undefined) return all;
  const text = (one: Json): string => {
    const value = one[ordering.property];
    return typeof value === 'string' ? value : '';
  };
  const sorted = [...all].sort((left, right) => text(left).localeCompare(text(right), 'en'));
  return ordering.descending ? sorted.reverse() : sorted;
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^n\d{1,9}$/.test(token)) throw invalidRequest('Invalid paging token.', 'invalidStartIndex');
  return Number(token.slice(1));
}
