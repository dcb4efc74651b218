/** The columns that were set on items of a library, and the JSON view of list items with them. */

import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Links } from '../sharing/links.ts';
import type { Records } from '../storage/storage.ts';
import { fieldSets } from './field-sets.ts';
import { listPlaceOf } from './list-place.ts';
import { withLookups } from './lookup-columns.ts';
import { fieldsJson, listItemJson } from './site-json.ts';

/** The list item of an item; `fields` includes its columns. @throws ServiceError 400 on personal drives. */
export function listItemOf(
  records: Records,
  place: { readonly drive: DriveRecord; readonly links: Links },
  item: ItemRecord,
  fields: boolean,
): Json {
  const row = listItemJson(item, listPlaceOf(records, place.drive, item), place.links);
  return fields ? { ...row, fields: fieldsOf(records, item) } : row;
}

/** All columns of an item. */
export const fieldsOf = (records: Records, item: ItemRecord): Json =>
  fieldsJson(item, withLookups(records, item, fieldSets.get(records, String(item.key)) ?? {}));
