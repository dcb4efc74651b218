/** Values of columns that were set on items. */
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';

/** By item key. */
export const fieldSets = collection<Json>('list-fields');
