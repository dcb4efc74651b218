/** A page of a folder's children. */
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

/** The JSON of an item as `options` select and expand it. */
export type ItemShape = (
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  place: Place,
  options: QueryOptions,
) => Json;

export interface Page {
  readonly items: readonly ItemRecord[];
  /** Where all of them stand. */
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

/** The page that `options` ask for. @throws ServiceError 400 for an order or a token that is none. */
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
  const wanted = filterOf(
    options.filter,
    (item, whole) => shape(records, context, item, place, whole),
    context.options,
  );
  const { shown, more, last } = readPage(records, context, folder, { ...start, limit }, wanted);
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
  /** The last one read, shown or not. */
  readonly last?: ItemRecord | undefined;
}

type Wanted = (item: ItemRecord) => boolean;

/** https://learn.microsoft.com/onedrive/developer/rest-api/concepts/filtering-results */
function filterOf(
  filter: string | undefined,
  jsonOf: (item: ItemRecord, options: QueryOptions) => Json,
  options: QueryOptions,
): Wanted | undefined {
  if (filter === undefined) return undefined;
  const matches = readFilter(filter);
  const whole = { ...options, select: undefined, expand: [] };
  return (item) => matches(jsonOf(item, whole));
}

/**
 * Packages and files have no children; a listing of one is empty, as on the service. Shortcuts to folders of others are
 * listed on demand only, and a page that would be empty without them, or by a filter, is filled: some clients stop at one.
 * @throws ServiceError 400 for a shortcut, whose children are on another drive:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 */
function readPage(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  query: ChildQuery,
  wanted: Wanted = () => true,
): Rows {
  if (folder.data.kind === 'shortcut')
    throw invalidRequest('The children of a shared folder are listed on its own drive: see remoteItem.');
  if (isVault(folder)) throw vaultLocked();
  if (!isFolder(folder)) return { shown: [], more: false };
  const { limit } = query;
  const all = wantsShortcuts(context.request.headers);
  for (let from = query; ; ) {
    const found = records.children(folder.key, { ...from, limit: limit + 1 });
    const page = found.slice(0, limit);
    const listed = all ? page : page.filter(({ data }) => data.kind !== 'shortcut');
    const shown = listed.filter(wanted);
    const last = page.at(-1);
    const more = found.length > limit;
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
