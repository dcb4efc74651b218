/** Creates common refs, and formats a ref for a message. */
import type { DriveRef, ItemRef } from './item-ref.ts';

/** The signed-in user's drive. */
export const myDrive: DriveRef = { kind: 'me' };

/** The top folder of a drive. */
export const rootItem: ItemRef = { anchor: { kind: 'root' }, path: [] };

/**
 * The item with this id, in another drive if its id is given.
 * @param label its path, for messages.
 */
export function itemById(id: string, drive?: string, label?: string): ItemRef {
  const more = { ...(drive === undefined ? {} : { drive }), ...(label === undefined ? {} : { label }) };
  return { anchor: { kind: 'id', id, ...more }, path: [] };
}

/** The item at this path below the root, as names. */
export function itemAt(...path: readonly string[]): ItemRef {
  return { anchor: { kind: 'root' }, path };
}

/** The item at this path below another item, as names. */
export function below(item: ItemRef, ...names: readonly string[]): ItemRef {
  return { anchor: item.anchor, path: [...item.path, ...names] };
}

/** For messages: `/a/b`, `item 01ABC`, `item 01ABC:/a/b`, `special folder photos`. */
export function describeItem(item: ItemRef): string {
  const path = item.path.length === 0 ? '' : `/${item.path.join('/')}`;
  switch (item.anchor.kind) {
    case 'root':
      return path === '' ? 'the root folder' : path;
    case 'id':
      if (item.anchor.label !== undefined) return `${item.anchor.label}${path}`;
      return `item ${item.anchor.id}${path === '' ? '' : `:${path}`}`;
    case 'special':
      return `special folder ${item.anchor.name}${path === '' ? '' : `:${path}`}`;
  }
}
