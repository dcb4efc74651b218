/** Items as answers: their place looked up, `$select` and `$expand` applied, the context said. */

import type { QueryOptions } from '../../domain/odata-query.ts';
import { selectProperties } from '../../domain/select.ts';
import { itemJson, type Json, type Place } from '../../items/item-json.ts';
import { ancestors } from '../../items/tree.ts';
import { invalidRequest } from '../../service-error.ts';
import type { DriveRecord } from '../../storage/records/drive-record.ts';
import type { ItemRecord } from '../../storage/records/item-record.ts';
import type { Records } from '../../storage/storage.ts';
import { childrenPage } from './children-page.ts';
import type { DriveContext } from './drive-route.ts';

/** Where an item stands. */
export function placeOf(records: Records, drive: DriveRecord, item: ItemRecord): Place {
  const chain = ancestors(records, item);
  return { drive, parent: chain.at(-1), path: chain.slice(1).map((step) => step.name) };
}

/** The place of everything directly in `folder`. */
export function placeIn(records: Records, drive: DriveRecord, folder: ItemRecord): Place {
  const own = placeOf(records, drive, folder);
  return { drive, parent: folder, path: folder.parent === 0 ? [] : [...own.path, folder.name] };
}

/** One item as the query wants it. */
export function shapeItem(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  place: Place,
  options: QueryOptions = context.options,
): Json {
  const shaped = selectProperties(itemJson(item, place, context.links, options.select), options.select);
  for (const { name, options: nested } of options.expand) {
    if (name === 'children') Object.assign(shaped, expandChildren(records, context, item, nested));
    else if (!ignoredExpansions.has(name))
      throw invalidRequest(`The relationship ${name} cannot be expanded.`, 'invalidQueryOption');
  }
  return shaped;
}

/** Relationships that exist and that this server has nothing for. */
const ignoredExpansions = new Set(['thumbnails', 'permissions', 'listItem', 'versions']);

function expandChildren(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  options: QueryOptions,
): Json {
  const page = childrenPage(records, context, folder, options);
  return {
    children: page.items,
    ...(page.next === undefined ? {} : { 'children@odata.nextLink': page.next }),
  };
}

/** The body of an answer that is one item. */
export function itemBody(records: Records, context: DriveContext, item: ItemRecord, place?: Place): Json {
  const { drive, links } = context;
  return {
    '@odata.context': `${links.base}/$metadata#drives('${encodeURIComponent(drive.id)}')/items/$entity`,
    ...shapeItem(records, context, item, place ?? placeOf(records, drive, item)),
  };
}

/** The body of an answer that is a list of items. */
export function listBody(context: DriveContext, value: readonly Json[], extra: Json = {}): Json {
  const { drive, links } = context;
  return {
    '@odata.context': `${links.base}/$metadata#drives('${encodeURIComponent(drive.id)}')/items`,
    ...extra,
    value,
  };
}
