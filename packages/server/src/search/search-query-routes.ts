/**
 * Search in everything that the caller may read, on all drives:
 * https://learn.microsoft.com/graph/api/search-query, https://learn.microsoft.com/graph/search-concept-files
 */
import { json } from '../core/answers.ts';
import { isObject, readEntity } from '../core/body.ts';
import { isConfined } from '../core/confine.ts';
import { accessContext } from '../core/guard.ts';
import type { ServerResponse } from '../core/http.ts';
import { accessDenied, ServiceError } from '../core/service-error.ts';
import { type DriveRecord, driveKey, drives } from '../files/drives/drive-record.ts';
import type { GraphContext, GraphRoute } from '../files/drives/drive-route.ts';
import { itemJson, type Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { placeOf } from '../files/items/place.ts';
import { cachedRecords } from '../files/items/remembering.ts';
import { listItemOf } from '../lists/list-fields.ts';
import { siteJson } from '../lists/site-json.ts';
import { driveOfLibrary } from '../lists/site-record.ts';
import { sitesSeenBy } from '../lists/sites.ts';
import { levelOn, levelOnDrive, reaches } from '../sharing/access.ts';
import { grantsTo } from '../sharing/permission-record.ts';
import { compareCodePoints } from '../storage/code-point-order.ts';
import type { Records } from '../storage/storage.ts';
import { readKeywordQuery, type Searchable } from './keyword-query.ts';

export const searchQueryRoutes: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: 'search/query',
    writes: false,
    access: 'files',
    source: 'https://learn.microsoft.com/graph/api/search-query',
    lacks: 'Searches names and metadata only: contents are not searched.',
    handle: search,
  },
];

interface SearchQuery {
  readonly types: readonly string[];
  readonly text: string;
  readonly from: number;
  readonly size: number;
}

const badRequest = (message: string): ServiceError => new ServiceError(400, 'BadRequest', message);
const supportedTypes = new Set(['driveItem', 'listItem', 'site']);

async function search(context: GraphContext): Promise<ServerResponse> {
  if (isConfined(context.caller)) throw accessDenied();
  const { requests } = await readEntity(context.request);
  if (!Array.isArray(requests) || requests.length === 0)
    throw badRequest('The property requests is missing.');
  const queries = requests.map(readRequest);
  return context.world.storage.read((snapshot) => {
    const records = cachedRecords(snapshot);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#Collection(microsoft.graph.searchResponse)`,
      value: queries.map((one) => answerOne(records, context, one)),
    });
  });
}

function readRequest(value: unknown): SearchQuery {
  if (!isObject(value)) throw badRequest('A search request is not an object.');
  const { entityTypes, query, from = 0, size = 25 } = value;
  const types = Array.isArray(entityTypes) ? entityTypes.map(String) : [];
  const unsupported = types.find((type) => !supportedTypes.has(type));
  if (types.length === 0 || unsupported !== undefined)
    throw badRequest(
      `The property entityTypes supports driveItem, listItem and site, not ${unsupported ?? 'nothing'}.`,
    );
  const text = isObject(query) ? query['queryString'] : undefined;
  if (typeof text !== 'string') throw badRequest('The property query.queryString is missing.');
  if (!isCount(from) || !isCount(size) || size > 500)
    throw badRequest('The properties from and size must be numbers, size up to 500.');
  return { types, text, from, size };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function answerOne(records: Records, context: GraphContext, { types, text, from, size }: SearchQuery): Json {
  const matches = readKeywordQuery(text);
  const found = [
    ...(types.includes('site') ? foundSites(records, context, matches) : []),
    ...(types.includes('driveItem') || types.includes('listItem')
      ? foundItems(records, context, matches, types.includes('driveItem'))
      : []),
  ];
  const hits = found.slice(from, from + size).map((resource, at) => ({
    hitId: resource['id'],
    rank: from + at + 1,
    summary: '',
    resource,
  }));
  const container = { hits, total: found.length, moreResultsAvailable: found.length > from + size };
  return { searchTerms: text.split(/\s+/).filter((word) => word !== ''), hitsContainers: [container] };
}

function foundSites(
  records: Records,
  { caller }: GraphContext,
  matches: (item: Searchable) => boolean,
): readonly Json[] {
  return sitesSeenBy(records, caller.account)
    .filter(({ displayName }) => matches({ name: displayName, author: '', folder: true }))
    .map((site) => ({ '@odata.type': '#microsoft.graph.site', ...siteJson(site) }));
}

function foundItems(
  records: Records,
  context: GraphContext,
  matches: (item: Searchable) => boolean,
  asDriveItems: boolean,
): readonly Json[] {
  return reachable(records, context).flatMap((drive) => {
    const whole = reaches(levelOnDrive(records, drive, accessContext(context)), 'read');
    return itemsOf(records, drive)
      .filter((item) => matches(searchable(item)))
      .filter((item) => whole || reaches(levelOn(records, drive, item, accessContext(context)), 'read'))
      .flatMap((item) => resourceOf(records, context, drive, item, asDriveItems));
  });
}

const searchable = ({ name, rank, data }: ItemRecord): Searchable => ({
  name,
  author: data.createdBy.displayName,
  folder: rank === 0,
});

/** Drives that the caller may read something of, sorted by id. */
function reachable(records: Records, context: GraphContext): readonly DriveRecord[] {
  const { account } = context.caller;
  if (account.application === true) return drives.list(records);
  const granted = grantsTo(records, account.id).flatMap(
    ({ drive }) => drives.get(records, driveKey(drive)) ?? [],
  );
  const open = [
    ...drives.find(records, `owner:${account.id}`),
    ...sitesSeenBy(records, account).flatMap(({ libraries }) =>
      libraries.flatMap((library) => driveOfLibrary(records, library) ?? []),
    ),
  ].filter((drive) => reaches(levelOnDrive(records, drive, accessContext(context)), 'read'));
  const byKey = new Map([...granted, ...open].map((drive) => [driveKey(drive.id), drive]));
  return [...byKey].sort(([left], [right]) => compareCodePoints(left, right)).map(([, drive]) => drive);
}

function itemsOf(records: Records, drive: DriveRecord): readonly ItemRecord[] {
  const found: ItemRecord[] = [];
  for (let after = 0; ; ) {
    const rows = records.scan(drive.number, { after, limit: 1000 });
    found.push(...rows.filter(({ parent, data }) => parent !== 0 && data.kind !== 'shortcut'));
    const last = rows.at(-1);
    if (rows.length < 1000 || last === undefined) return found;
    after = last.key;
  }
}

/** All properties except the download URL. */
const plain = ['eTag', 'cTag', 'webUrl'] as const;

/** A hit has fewer properties than the file itself: no hashes and no download URL. */
function resourceOf(
  records: Records,
  { links }: GraphContext,
  drive: DriveRecord,
  item: ItemRecord,
  asDriveItem: boolean,
): readonly Json[] {
  if (!asDriveItem)
    return drive.kind === 'personal'
      ? []
      : [
          {
            '@odata.type': '#microsoft.graph.listItem',
            ...listItemOf(records, { drive, links }, item, false),
          },
        ];
  const { file, ...rest } = itemJson(item, placeOf(records, drive, item), links, plain);
  const mimeType = isObject(file) ? { file: { mimeType: file['mimeType'] } } : {};
  return [{ '@odata.type': '#microsoft.graph.driveItem', ...rest, ...mimeType }];
}
