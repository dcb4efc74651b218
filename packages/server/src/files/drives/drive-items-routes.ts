/**
 * All items of a drive, which can only be listed with a filter; without one the service returns 400. This was observed by
 * users of SharePoint libraries; it is not documented.
 */
import { json } from '../../core/answers.ts';
import type { ServerResponse } from '../../core/http.ts';
import { nextLink } from '../../core/odata/next-link.ts';
import { readFilter } from '../../core/odata/odata-filter.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { listBody, placeOf, shapeItem } from '../items/answer-items.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { cachedRecords } from '../items/remembering.ts';
import type { DriveContext, DriveRoute } from './drive-route.ts';

export const driveItemsRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'drive',
    tail: 'items',
    writes: false,
    filters: true,
    source: 'Microsoft Graph v1.0 OpenAPI, drives.ListItems',
    handle: filteredItems,
  },
];

/** Maximum number of items that are examined for one page. */
const reachOfPage = 10_000;

async function filteredItems(context: DriveContext): Promise<ServerResponse> {
  const { drive, options, world } = context;
  if (options.filter === undefined) throw invalidRequest("The 'filter' query option must be provided.");
  const matches = readFilter(options.filter);
  const whole = { ...options, select: undefined, expand: [] };
  const limit = Math.min(options.top ?? world.settings.pageSize, world.settings.pageLimit);
  return world.storage.read((snapshot) => {
    const records = cachedRecords(snapshot);
    const rows = records.scan(drive.number, { after: startOf(options.skipToken), limit: reachOfPage });
    const items: ItemRecord[] = [];
    let last: ItemRecord | undefined;
    for (const item of rows) {
      if (items.length === limit) break;
      last = item;
      if (matches(shapeItem(records, context, item, placeOf(records, drive, item), whole))) items.push(item);
    }
    const more = rows.length === reachOfPage || last !== rows.at(-1);
    const next = more && last !== undefined ? { '@odata.nextLink': nextLink(context, `i${last.key}`) } : {};
    const value = items.map((item) => shapeItem(records, context, item, placeOf(records, drive, item)));
    return json(200, listBody(context, value, next));
  });
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^i\d{1,15}$/.test(token)) throw invalidRequest('Invalid paging token.', 'invalidStartIndex');
  return Number(token.slice(1));
}
