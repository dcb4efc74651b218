/** Values of columns that were set on items. */
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';

/** By key of the item. The look-up is `drive:` (number). */
export const fieldSets = collection<Json>('list-fields', (_fields, key, records) => [
  `drive:${records.item(Number(key))?.drive ?? ''}`,
]);
