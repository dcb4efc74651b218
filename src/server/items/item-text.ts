/** Items as JSON text: folders are listed, and items looked at, more often than they change. */
import type { ItemRecord } from '../storage/records/item-record.ts';
import { itemJson, type Place } from './item-json.ts';
import type { Links } from './links.ts';

interface Written {
  readonly text: string;
  /** What it was made of besides the item. Each is the same value for as long as it says the same. */
  readonly place: Place;
  readonly links: Links;
}

/** What was written lately. */
const written = new Map<ItemRecord, Written>();
const writtenLimit = 4096;

/** All of an item as JSON text. */
export function itemText(item: ItemRecord, place: Place, links: Links): string {
  const known = written.get(item);
  if (known?.place === place && known.links === links) return known.text;
  const text = JSON.stringify(itemJson(item, place, links));
  if (written.size >= writtenLimit) written.clear();
  written.set(item, { text, place, links });
  return text;
}
