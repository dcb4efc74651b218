/**
 * `…/$count`: the number of entries as plain text. It runs the list's own route and reads its count.
 * https://learn.microsoft.com/graph/query-parameters#count-parameter
 */

import type {
  DriveContext,
  DriveRoute,
  GraphContext,
  GraphRoute,
  ItemContext,
} from '../../files/drives/drive-route.ts';
import { type ServerResponse, wholeText } from '../http.ts';

const counted = {
  item: new Set(['children', 'versions', 'permissions']),
  drive: new Set(['list/columns', 'list/contentTypes']),
  graph: new Set([
    ...['drives', 'me/drives', 'users', 'users/{user}/drives', 'groups', 'groups/{group}/drives'],
    ...['groups/{group}/members', 'groups/{group}/owners', 'sites/{site}/drives', 'sites/{site}/lists'],
    ...['sites/{site}/contentTypes', 'sites/{site}/pages', 'sites/{site}/permissions'],
  ]),
};

/**
 * Derives the count routes from the list routes in `routes`. Children are counted from the stored number, ignoring filters.
 */
export function countDriveRoutes(routes: readonly DriveRoute[]): readonly DriveRoute[] {
  return routes
    .filter(({ on, method, tail }) => method === 'GET' && counted[on].has(tail))
    .map((route): DriveRoute => {
      const tail = `${route.tail}/$count`;
      return route.on === 'item'
        ? { ...route, tail, filters: false, handle: (context: ItemContext) => count(context, route.handle) }
        : { ...route, tail, handle: (context: DriveContext) => count(context, route.handle) };
    });
}

/** Count routes for lists that do not belong to a drive. */
export function countGraphRoutes(routes: readonly GraphRoute[]): readonly GraphRoute[] {
  return routes
    .filter(({ method, path }) => method === 'GET' && counted.graph.has(path))
    .map((route) => ({
      ...route,
      path: `${route.path}/$count`,
      handle: async (context) => count(context, route.handle),
    }));
}

async function count<T extends GraphContext>(
  context: T,
  list: (context: T) => Promise<ServerResponse>,
): Promise<ServerResponse> {
  const { body } = await list({ ...context, options: { ...context.options, count: true } });
  const { '@odata.count': total, value } = JSON.parse(wholeText(body) ?? '{}') as {
    '@odata.count'?: number;
    value: readonly unknown[];
  };
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(total ?? value.length) };
}
