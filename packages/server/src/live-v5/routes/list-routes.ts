/** Lists: the files of a folder, and the views of a drive. */

import { quotaOf } from '../../files/drives/quota.ts';
import { usedBytes } from '../../files/items/check-place.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { foldName } from '../../files/items/name-folding.ts';
import { isFolder } from '../../files/items/tree.ts';
import type { Records } from '../../storage/storage.ts';
import { type ListQuery, readListQuery } from '../live-query.ts';
import { extraOf, liveExtras } from '../live-records.ts';
import { refusals } from '../live-refusal.ts';
import { filterWords, liveTypeOf } from '../live-type.ts';
import { describe } from './describe.ts';
import { pagingOf } from './list-page.ts';
import type { LiveAnswer, LiveContext, LiveItemContext, LiveRoute } from './live-route.ts';

const core = 'MSDN hh826545, "Core concepts"';
const source = 'MSDN hh243648, "REST reference"';

export const listRoutes: readonly LiveRoute[] = [
  { method: 'GET', on: 'item', tail: 'files', access: 'read', source: core, handle: files },
  ...(['albums', 'photos', 'videos', 'audio'] as const).map(
    (word): LiveRoute => ({
      method: 'GET',
      on: 'item',
      tail: word,
      access: 'read',
      source,
      handle: (context) => files(context, word),
    }),
  ),
  { method: 'GET', on: 'user', tail: 'albums', access: 'read', source, handle: albums },
  { method: 'GET', on: 'drive', tail: 'quota', access: 'read', source, handle: quota },
  { method: 'GET', on: 'drive', tail: 'recent_docs', access: 'read', source, handle: recent },
  { method: 'GET', on: 'drive', tail: 'recent', access: 'read', source, handle: recent },
  { method: 'GET', on: 'drive', tail: 'search', access: 'read', source, handle: search },
];

async function files(context: LiveItemContext, only?: keyof typeof filterWords): Promise<LiveAnswer> {
  const { item, world, query } = context;
  if (!isFolder(item)) throw refusals.pathUnsupported(liveTypeOf(item, {}), 'files');
  const { offset, limit } = readListQuery(query);
  const items = world.storage.read((records) => {
    const listQuery = readListQuery(query, extraOf(records, item.key).sortBy);
    const types = only === undefined ? listQuery.types : new Set(filterWords[only]);
    // Reads one more than requested, to know whether another page follows.
    return listed(records, item, { ...listQuery, types, limit: limit === undefined ? undefined : limit + 1 });
  });
  const data = await describe(context, items.slice(0, limit));
  const more = limit !== undefined && items.length > limit;
  return { status: 200, json: { data, ...pagingOf(context, { offset, limit, more }) } };
}

/** Number of items that are read from storage at once. */
const batch = 1000;

function listed(records: Records, folder: ItemRecord, query: ListQuery): readonly ItemRecord[] {
  const { offset, limit = Number.POSITIVE_INFINITY, types, order, descending } = query;
  const items: ItemRecord[] = [];
  let skip = offset;
  let after: ItemRecord | undefined;
  for (;;) {
    const cursor = after === undefined ? undefined : cursorAfter(after, order);
    const page = records.children(folder.key, { order, descending, after: cursor, limit: batch });
    for (const item of page) {
      // Other users' folders are listed by `me/skydrive/shared`.
      if (item.data.kind === 'shortcut') continue;
      if (types !== undefined && !types.has(liveTypeOf(item, extraOf(records, item.key)))) continue;
      if (skip > 0) skip -= 1;
      else if (items.length < limit) items.push(item);
    }
    after = page.at(-1);
    if (page.length < batch || items.length >= limit) return items;
  }
}

function cursorAfter(item: ItemRecord, order: ListQuery['order']) {
  const { key, rank } = item;
  switch (order) {
    case 'size':
      return { rank, key, value: item.size };
    case 'modified':
      return { rank, key, value: item.modified };
    case 'created':
      return { rank, key, value: item.data.created };
    case 'wire':
    case 'name':
      return { rank, key, value: item.folded };
  }
}

async function albums(context: LiveContext): Promise<LiveAnswer> {
  const { drive, world, query } = context;
  const { offset, limit } = readListQuery(query);
  const items = world.storage.read((records) =>
    liveExtras.findEntries(records, `album-in:${drive.number}`).flatMap(({ key }) => {
      const item = records.item(Number(key));
      return item?.bin === 0 ? [item] : [];
    }),
  );
  const page = items.slice(offset, limit === undefined ? undefined : offset + limit);
  const more = limit !== undefined && items.length > offset + limit;
  const data = await describe(context, page);
  return { status: 200, json: { data, ...pagingOf(context, { offset, limit, more }) } };
}

async function quota({ world, drive }: LiveContext): Promise<LiveAnswer> {
  return world.storage.read((records) => {
    const { total, remaining } = quotaOf(
      drive.total,
      usedBytes(records, drive),
      records.binnedBytes(drive.number),
    );
    return { status: 200, json: { quota: total, available: remaining } };
  });
}

/** Maximum number of files in the list of recent files. */
const recentLimit = 100;

async function recent(context: LiveContext): Promise<LiveAnswer> {
  const { world, drive, query } = context;
  const { offset, limit = recentLimit } = readListQuery(query);
  const items = world.storage.read((records) =>
    records.scan(drive.number, { recentFiles: true, limit: offset + limit }),
  );
  return { status: 200, json: { data: await describe(context, items.slice(offset)) } };
}

/** Default number of results on a page of a search. */
const searchPage = 100;

async function search(context: LiveContext): Promise<LiveAnswer> {
  const { world, drive, query } = context;
  const q = query.get('q')?.trim() ?? '';
  if (q === '') throw refusals.parameterMissing('q');
  const { offset, limit = searchPage, types } = readListQuery(query);
  const matches = world.storage.read((records) =>
    records
      .scan(drive.number, { contains: [foldName(q)], limit: Number.MAX_SAFE_INTEGER })
      .filter((item) => item.parent !== 0)
      .filter((item) => types === undefined || types.has(liveTypeOf(item, extraOf(records, item.key)))),
  );
  const data = await describe(context, matches.slice(offset, offset + limit));
  const more = offset + limit < matches.length;
  return { status: 200, json: { data, ...pagingOf(context, { offset, limit, more }) } };
}
