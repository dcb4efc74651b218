/**
 * A document library as a list: the list and its items.
 * https://learn.microsoft.com/graph/api/list-get, …/listitem-list
 */
import { json } from '../core/answers.ts';
import type { ServerResponse } from '../core/http.ts';
import { readFilter } from '../core/odata/odata-filter.ts';
import type { Expansion, QueryOptions } from '../core/odata/odata-query.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest } from '../core/service-error.ts';
import { driveJson } from '../files/drives/drive-json.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { DriveContext, DriveRoute } from '../files/drives/drive-route.ts';
import { placeOf, shapeItem } from '../files/items/answer-items.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { rootOf } from '../files/items/resolve.ts';
import type { Records } from '../storage/storage.ts';
import { contentTypesOf, listScope } from './content-types.ts';
import { columnsOf } from './list-columns.ts';
import { fieldsOf, listItemOf } from './list-fields.ts';
import { listPlaceOf } from './list-place.ts';
import { settingsOfList } from './list-settings.ts';
import { listJson } from './site-json.ts';
import { siteOfDrive } from './site-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { on: 'drive', method: 'GET', writes: false } as const;

export const listRoutes: readonly DriveRoute[] = [
  { ...get, tail: 'list', source: `${docs}/list-get`, handle: getList },
  { ...get, tail: 'list/items', filters: true, source: `${docs}/listitem-list`, handle: listItems },
  {
    on: 'drive',
    method: 'POST',
    writes: true,
    tail: 'list/items',
    source: `${docs}/listitem-create`,
    handle: async () => {
      throw invalidRequest('To create an item in a document library, upload a file.', 'notSupported');
    },
  },
];

/** The list, expanded with `columns`, `contentTypes`, `items` and `drive` as `$expand` requests. */
export async function getList(context: DriveContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const { drive, links, options } = context;
    const expanded = options.expand.map((one) => [one.name, expandList(records, context, one)]);
    return json(200, {
      '@odata.context': `${links.base}/$metadata#lists/$entity`,
      ...selectProperties(listOf(records, drive), options.select),
      ...(Object.fromEntries(expanded) as Json),
    });
  });
}

/** The list of a drive. @throws ServiceError 400 on personal drives. */
export function listOf(records: Records, drive: DriveRecord): Json {
  const { siteId, listId } = listPlaceOf(records, drive, rootOf(records, drive));
  const { created } = drive;
  const site = siteOfDrive(records, drive);
  const library = site?.libraries.find((one) => one.listId === listId);
  const settings = settingsOfList(records, drive);
  // The name in addresses does not change with the title.
  const name = library?.name ?? drive.name;
  const own = { id: siteId, path: '', name: '', displayName: name, created, libraries: [] };
  return listJson(site ?? own, { listId, driveId: drive.id, name }, drive, settings);
}

/** A relationship of a list. @throws ServiceError 400 for a relationship that cannot be expanded. */
export function expandList(
  records: Records,
  context: DriveContext,
  { name, options }: Expansion,
): Json | readonly Json[] {
  if (name === 'drive')
    return selectProperties(driveJson(records, context.drive, context.links), options.select);
  if (name === 'columns')
    return columnsOf(records, context.drive).map((one) => selectProperties(one, options.select));
  if (name === 'contentTypes')
    return contentTypesOf(records, listScope(context.drive)).map((one) =>
      selectProperties(one, options.select),
    );
  if (name === 'items') return rows(records, context, options).value;
  throw invalidRequest(`The relationship ${name} cannot be expanded.`, 'invalidQueryOption');
}

/** A list item with the requested options: `$expand=fields(select=Name)`, `$expand=driveItem`. */
export function shapeListItem(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  { select, expand }: QueryOptions,
): Json {
  const shaped = selectProperties(listItemOf(records, context, item, false), select);
  const fields = expand.find(({ name }) => name === 'fields');
  if (fields !== undefined)
    shaped['fields'] = selectProperties(fieldsOf(records, item), fields.options.select);
  const driveItem = expand.find(({ name }) => name === 'driveItem');
  if (driveItem !== undefined) {
    const place = placeOf(records, context.drive, item);
    shaped['driveItem'] = shapeItem(records, context, item, place, driveItem.options);
  }
  return shaped;
}

async function listItems(context: DriveContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    listPlaceOf(records, context.drive, rootOf(records, context.drive));
    const { value, last } = rows(records, context, context.options);
    const next = last === undefined ? {} : { '@odata.nextLink': nextLink(context, last) };
    return json(200, { '@odata.context': `${context.links.base}/$metadata#listItems`, ...next, value });
  });
}

interface Rows {
  readonly value: readonly Json[];
  /** Key of the last item of the page, if there are more. */
  readonly last: number | undefined;
}

/** A page of list items: files and folders at any depth, in order of their numbers, that match the filter. */
function rows(records: Records, context: DriveContext, options: QueryOptions): Rows {
  const { pageSize, pageLimit } = context.world.settings;
  const limit = Math.min(options.top ?? pageSize, pageLimit);
  const items: ItemRecord[] = [];
  const after = afterKey(options.skipToken);
  // Two more than the page: one may be the root, which is not a list item, and one shows that there are more.
  const reading = options.filter === undefined ? limit + 2 : filterReading;
  const matches = rowFilter(records, context, options);
  for (const item of rowsAfter(records, context.drive, { after, limit: reading })) {
    if (matches(item)) items.push(item);
    if (items.length > limit) break;
  }
  const shown = items.slice(0, limit);
  return {
    value: shown.map((item) => shapeListItem(records, context, item, options)),
    last: items.length > limit ? shown.at(-1)?.key : undefined,
  };
}

/** Number of list items that are read at once when a filter may exclude some. */
const filterReading = 1000;

function rowFilter(
  records: Records,
  context: DriveContext,
  { filter }: QueryOptions,
): (item: ItemRecord) => boolean {
  if (filter === undefined) return () => true;
  const matches = readFilter(filter);
  return (item) => matches(listItemOf(records, context, item, true));
}

function* rowsAfter(
  records: Records,
  drive: DriveRecord,
  { after, limit }: { readonly after: number; readonly limit: number },
): Generator<ItemRecord> {
  for (let from = after; ; ) {
    const read = records.scan(drive.number, { after: from, limit });
    yield* read.filter(({ parent, data }) => parent !== 0 && data.kind !== 'shortcut');
    const last = read.at(-1);
    if (read.length < limit || last === undefined) return;
    from = last.key;
  }
}

function afterKey(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^r\d{1,15}$/.test(token)) throw invalidRequest('Invalid paging token.', 'invalidStartIndex');
  return Number(token.slice(1));
}

function nextLink({ request, links, query, drive }: DriveContext, last: number): string {
  const options = new URLSearchParams(query);
  for (const name of ['$skipToken', 'skiptoken', 'skipToken']) options.delete(name);
  options.set('$skiptoken', `r${last}`);
  const path = /\/lists\//.test(request.url.pathname)
    ? `${request.url.origin}${request.url.pathname}`
    : `${links.base}/drives/${encodeURIComponent(drive.id)}/list/items`;
  return `${path}?${options.toString().replaceAll('%24', '$')}`;
}
