/** A page of the children of a folder. */
import { readFilter } from '../../core/odata/odata-filter.ts';
import type { QueryOptions } from '../../core/odata/odata-query.ts';
import { wantsShortcuts } from '../../core/odata/prefer.ts';
import { readSkipToken, type SkipToken, writeSkipToken } from '../../core/odata/skip-token.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { cursorOf } from '../../storage/child-order.ts';
import type { ChildOrder, ChildQuery, Records } from '../../storage/storage.ts';
import type { DriveContext } from '../drives/drive-route.ts';
import type { Json, Place } from '../items/item-json.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { isVault, vaultLocked } from '../items/locked-vault.ts';
import { placeIn } from '../items/place.ts';
import { isFolder } from '../items/tree.ts';

/** The JSON view of an item, with `$select` and `$expand` applied. */
export type ItemShape = (
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  place: Place,
  options: QueryOptions,
) => Json;

export interface Page {
  readonly items: readonly ItemRecord[];
  /** The place of all items of the page. */
  readonly place: Place;
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

/** Returns the page that `options` request. @throws ServiceError 400 for an invalid order or paging token. */
export function childrenPage(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  options: QueryOptions,
  shape: ItemShape,
): Page {
  const { pageSize, pageLimit } = context.world.settings;
  const limit = Math.min(options.top ?? pageSize, pageLimit);
  const start = options.skipToken === undefined ? startOf(options) : readSkipToken(options.skipToken);
  const place = placeIn(records, context.drive, folder);
  const include = filterOf(
    options.filter,
    (item, whole) => shape(records, context, item, place, whole),
    context.options,
  );
  const { shown, more, last } = readPage(records, context, folder, { ...start, limit }, include);
  return {
    items: shown,
    place,
    next:
      more && last !== undefined
        ? nextLink(context, folder, { ...start, after: cursorOf(last, start.order) })
        : undefined,
  };
}

interface Rows {
  readonly shown: readonly ItemRecord[];
  readonly more: boolean;
  /** The last item that was read, whether it is included or not. */
  readonly last?: ItemRecord | undefined;
}

type Filter = (item: ItemRecord) => boolean;

/** https://learn.microsoft.com/onedrive/developer/rest-api/concepts/filtering-results */
function filterOf(
  filter: string | undefined,
  jsonOf: (item: ItemRecord, options: QueryOptions) => Json,
  options: QueryOptions,
): Filter | undefined {
  if (filter === undefined) return undefined;
  const matches = readFilter(filter);
  const whole = { ...options, select: undefined, expand: [] };
  return (item) => matches(jsonOf(item, whole));
}

/**
 * Packages and files have no children; the list is empty, as on the service. Shortcuts to other users' folders are included
 * only on request. A page that would be empty because of that or of a filter is filled with later items, because some
 * clients stop at an empty page.
 * @throws ServiceError 400 for a shortcut, whose children are on another drive:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 */
function readPage(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  query: ChildQuery,
  include: Filter = () => true,
): Rows {
  if (folder.data.kind === 'shortcut')
    throw invalidRequest('The children of a shared folder are listed on its own drive: see remoteItem.');
  if (isVault(folder)) throw vaultLocked();
  if (!isFolder(folder)) return { shown: [], more: false };
  const { limit } = query;
  const all = wantsShortcuts(context.request.headers);
  for (let from = query; ; ) {
    const children = records.children(folder.key, { ...from, limit: limit + 1 });
    const page = children.slice(0, limit);
    const listed = all ? page : page.filter(({ data }) => data.kind !== 'shortcut');
    const shown = listed.filter(include);
    const last = page.at(-1);
    const more = children.length > limit;
    if (shown.length > 0 || !more || last === undefined) return { shown, more, last };
    from = { ...from, after: cursorOf(last, query.order) };
  }
}

function startOf(options: QueryOptions): Omit<SkipToken, 'after'> & { readonly after?: undefined } {
  const ordering = options.orderBy;
  if (ordering === undefined) return { order: 'wire', descending: false };
  const order = orders[ordering.property];
  if (order === undefined)
    throw invalidRequest(`Children cannot be ordered by ${ordering.property}.`, 'invalidQueryOption');
  return { order, descending: ordering.descending };
}

/**
 * The request's URL with another paging token; the folder is addressed by id, so that renaming it between pages does no
 * harm.
 */
function nextLink(context: DriveContext, folder: ItemRecord, token: SkipToken): string {
  const query = new URLSearchParams(context.query);
  for (const name of ['$skiptoken', '$skipToken', 'skiptoken', 'skipToken', '$orderby', 'orderby'])
    query.delete(name);
  query.set('$skiptoken', writeSkipToken(token));
  const { drive, links } = context;
  const options = query.toString().replaceAll('%24', '$');
  return `${links.base}/drives/${encodeURIComponent(drive.id)}/items/${encodeURIComponent(folder.id)}/children?${options}`;
}
