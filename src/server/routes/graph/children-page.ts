/** A page of a folder's children. */
import type { QueryOptions } from '../../domain/odata-query.ts';
import { readSkipToken, type SkipToken, writeSkipToken } from '../../domain/skip-token.ts';
import type { Json } from '../../items/item-json.ts';
import { placeIn } from '../../items/place.ts';
import { isFolder } from '../../items/tree.ts';
import { invalidRequest } from '../../service-error.ts';
import { cursorOf } from '../../storage/child-order.ts';
import type { ItemRecord } from '../../storage/records/item-record.ts';
import type { ChildOrder, Records } from '../../storage/storage.ts';
import { shapeItem } from './answer-items.ts';
import type { DriveContext } from './drive-route.ts';

export interface Page {
  readonly items: readonly Json[];
  /** The URL of the next page. */
  readonly next: string | undefined;
}

const orders: Readonly<Record<string, ChildOrder>> = {
  name: 'name',
  size: 'size',
  lastModifiedDateTime: 'modified',
  createdDateTime: 'created',
  url: 'name',
};

/** The page that `options` ask for. @throws ServiceError 400 for an order or a token that is none. */
export function childrenPage(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  options: QueryOptions,
): Page {
  const { pageSize, pageLimit } = context.world.settings;
  const limit = Math.min(options.top ?? pageSize, pageLimit);
  const start = options.skipToken === undefined ? startOf(options) : readSkipToken(options.skipToken);
  // Packages and files have no children; a listing of one is empty, as on the service.
  const found = isFolder(folder) ? records.children(folder.key, { ...start, limit: limit + 1 }) : [];
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const place = placeIn(records, context.drive, folder);
  const own = { ...options, orderBy: undefined };
  return {
    items: shown.map((item) => shapeItem(records, context, item, place, own)),
    next:
      found.length > limit && last !== undefined
        ? nextLink(context, folder, { ...start, after: cursorOf(last, start.order) })
        : undefined,
  };
}

function startOf(options: QueryOptions): Omit<SkipToken, 'after'> & { readonly after?: undefined } {
  const ordering = options.orderBy;
  if (ordering === undefined) return { order: 'wire', descending: false };
  const order = orders[ordering.property];
  if (order === undefined)
    throw invalidRequest(`Children cannot be ordered by ${ordering.property}.`, 'invalidQueryOption');
  return { order, descending: ordering.descending };
}

/** The same request with another token; the item is named by id, so that a rename in between does no harm. */
function nextLink(context: DriveContext, folder: ItemRecord, token: SkipToken): string {
  const query = new URLSearchParams(context.query);
  for (const name of ['$skiptoken', '$skipToken', 'skiptoken', 'skipToken', '$orderby', 'orderby'])
    query.delete(name);
  query.set('$skiptoken', writeSkipToken(token));
  const { drive, links } = context;
  const options = query.toString().replaceAll('%24', '$');
  return `${links.base}/drives/${encodeURIComponent(drive.id)}/items/${encodeURIComponent(folder.id)}/children?${options}`;
}
