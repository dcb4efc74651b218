/** Which items are selected, as in the file managers of desktops: click, Ctrl+click, Shift+click and their keys. */

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Index of the item that has the focus; -1 in an empty list. */
  readonly cursor: number;
  /** Index from which Shift extends the selection. */
  readonly anchor: number;
}

export const nothing: Selection = { ids: new Set(), cursor: 0, anchor: 0 };

type Ids = readonly { readonly id: string }[];

/** How a move changes the selection: replaces it, extends it from the anchor, or leaves it. */
export type Mode = 'replace' | 'extend' | 'keep';

/** Moves the cursor to `index`, kept within the list. */
export function moveTo(selection: Selection, items: Ids, index: number, mode: Mode): Selection {
  const cursor = Math.max(0, Math.min(items.length - 1, index));
  const target = items[cursor];
  if (target === undefined) return nothing;
  if (mode === 'keep') return { ...selection, cursor };
  if (mode === 'replace') return { ids: new Set([target.id]), cursor, anchor: cursor };
  const [from, to] = [Math.min(selection.anchor, cursor), Math.max(selection.anchor, cursor)];
  const ids = new Set(items.slice(from, to + 1).map(({ id }) => id));
  return { ids, cursor, anchor: selection.anchor };
}

/** Selects the item at `index`, or takes it out of the selection. */
export function toggle(selection: Selection, items: Ids, index: number): Selection {
  const target = items[index];
  if (target === undefined) return selection;
  const ids = new Set(selection.ids);
  if (!ids.delete(target.id)) ids.add(target.id);
  return { ids, cursor: index, anchor: index };
}

export function selectAll(selection: Selection, items: Ids): Selection {
  return { ...selection, ids: new Set(items.map(({ id }) => id)) };
}

/** The selection after the list changed: the cursor stays on its item, or close to where that was. */
export function follow(selection: Selection, before: Ids, after: Ids): Selection {
  const id = before[selection.cursor]?.id;
  const found = id === undefined ? -1 : after.findIndex((item) => item.id === id);
  const cursor = found >= 0 ? found : Math.max(0, Math.min(selection.cursor, after.length - 1));
  const known = selection.ids.size === 0 ? selection.ids : kept(selection.ids, after);
  return { ids: known, cursor, anchor: cursor };
}

function kept(ids: ReadonlySet<string>, items: Ids): ReadonlySet<string> {
  return new Set(items.filter(({ id }) => ids.has(id)).map(({ id }) => id));
}
