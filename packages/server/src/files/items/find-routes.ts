/** Search, recent files and special folders. */
import { json } from '../../core/answers.ts';
import type { ServerResponse } from '../../core/http.ts';
import { nextLink } from '../../core/odata/next-link.ts';
import { readFilter } from '../../core/odata/odata-filter.ts';
import { noFilter } from '../../core/odata/odata-query.ts';
import { invalidRequest } from '../../core/service-error.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveContext, DriveRoute } from '../drives/drive-route.ts';
import { specialFolders } from '../folders/special-folders.ts';
import { listBody, placeOf, shapeItem } from './answer-items.ts';
import type { Json } from './item-json.ts';
import type { ItemRecord } from './item-record.ts';
import { foldName } from './name-folding.ts';
import { cachedRecords } from './remembering.ts';
import { findItem, rootOf } from './resolve.ts';
import { ancestors } from './tree.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { method: 'GET', writes: false } as const;

const byName = 'Searches names only, and on this drive only: contents are not searched.';

export const findRoutes: readonly DriveRoute[] = [
  {
    ...get,
    on: 'drive',
    tail: 'search',
    filters: true,
    source: `${docs}/driveitem-search`,
    lacks: byName,
    handle: async (context) => search(context, (records) => rootOf(records, context.drive)),
  },
  {
    ...get,
    on: 'item',
    tail: 'search',
    filters: true,
    source: `${docs}/driveitem-search`,
    lacks: byName,
    handle: async (context) =>
      search(context, (records) => findItem(records, context.drive, context.selector)),
  },
  {
    ...get,
    on: 'drive',
    tail: 'recent',
    source: `${docs}/drive-recent`,
    lacks: 'Returns files of this drive by modification time; opening a file is not recorded.',
    handle: recent,
  },
  { ...get, on: 'drive', tail: 'special', source: `${docs}/drive-get-specialfolder`, handle: listSpecial },
];

function search(context: DriveContext, within: (records: Records) => ItemRecord): ServerResponse {
  const text = context.params['q'] ?? context.query.get('q') ?? context.params[''];
  if (text === undefined)
    throw invalidRequest("Search needs a query: search(q='text').", 'invalidParameterFormat');
  const words = foldName(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const filter = searchFilter(context);
  const { pageSize, pageLimit } = context.world.settings;
  const limit = Math.min(context.options.top ?? pageSize, pageLimit);
  return context.world.storage.read((snapshot) => {
    const records = cachedRecords(snapshot);
    const items = matches(records, context, { folder: within(records), words, limit: limit + 1 });
    const shown = items.slice(0, limit);
    const next =
      items.length > limit ? { '@odata.nextLink': nextLink(context, `s${shown.at(-1)?.key ?? 0}`) } : {};
    const value = shown.filter((item) => filter(records, item)).map((item) => hit(records, context, item));
    return json(200, listBody(context, value, next));
  });
}

/**
 * Search results can be filtered on personal drives:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/filtering-results
 */
function searchFilter(context: DriveContext): (records: Records, item: ItemRecord) => boolean {
  const { filter } = context.options;
  if (filter === undefined) return () => true;
  if (context.drive.kind !== 'personal') throw noFilter();
  const matches = readFilter(filter);
  const whole = { ...context.options, select: undefined, expand: [] };
  return (records, item) =>
    matches(shapeItem(records, context, item, placeOf(records, context.drive, item), whole));
}

interface Query {
  readonly folder: ItemRecord;
  readonly words: readonly string[];
  readonly limit: number;
}

/** Items below a folder whose names contain every word. */
function matches(records: Records, context: DriveContext, query: Query): readonly ItemRecord[] {
  const { folder, words, limit } = query;
  const whole = folder.parent === 0;
  const items: ItemRecord[] = [];
  let after = afterKey(context);
  for (;;) {
    const rows = records.scan(context.drive.number, { contains: words, after, limit: 1000 });
    for (const item of rows) {
      if (item.parent === 0) continue;
      if (whole || ancestors(records, item).some((step) => step.key === folder.key)) items.push(item);
      if (items.length === limit) return items;
    }
    const last = rows.at(-1);
    if (rows.length < 1000 || last === undefined) return items;
    after = last.key;
  }
}

function afterKey(context: DriveContext): number {
  const token = context.options.skipToken;
  if (token === undefined) return 0;
  if (!/^s\d{1,15}$/.test(token)) throw invalidRequest('Invalid paging token.', 'invalidStartIndex');
  return Number(token.slice(1));
}

function hit(records: Records, context: DriveContext, item: ItemRecord): Json {
  const shaped = shapeItem(records, context, item, placeOf(records, context.drive, item));
  if (context.options.select !== undefined) return shaped;
  return { ...shaped, searchResult: { onClickTelemetryUrl: `${context.links.origin}/_telemetry` } };
}

async function recent(context: DriveContext): Promise<ServerResponse> {
  const { drive, options, world } = context;
  const limit = Math.min(options.top ?? world.settings.pageSize, world.settings.pageLimit);
  return world.storage.read((snapshot) => {
    const records = cachedRecords(snapshot);
    const items = records.scan(drive.number, { recentFiles: true, limit });
    return json(
      200,
      listBody(
        context,
        items.map((item) => shapeItem(records, context, item, placeOf(records, drive, item))),
      ),
    );
  });
}

async function listSpecial(context: DriveContext): Promise<ServerResponse> {
  const { drive } = context;
  return context.world.storage.read((records) => {
    const items = specialFolders(drive.kind).flatMap((name) => {
      const id = records.document('special-folder', `${drive.id}/${name}`);
      const item = typeof id === 'string' ? records.itemById(drive.number, id) : undefined;
      return item === undefined || item.bin !== 0 ? [] : [item];
    });
    return json(
      200,
      listBody(
        context,
        items.map((item) => shapeItem(records, context, item, placeOf(records, drive, item))),
      ),
    );
  });
}
