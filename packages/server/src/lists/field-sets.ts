/** The values that were set in the columns of items. */
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';

/** By key of the item. */
export const fieldSets = collection<Json>('list-fields');
