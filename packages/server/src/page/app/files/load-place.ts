/** Finds what an address names and loads its items, page by page. */
import type { Place } from './address.ts';
import type { Drive } from './drive.ts';
import { type BinItem, type Item, isFolder } from './item.ts';
import { moveTo } from './selection.ts';
import type { Store } from './state.ts';

/** Loads a place into the store until it is complete or the signal aborts. */
export async function loadPlace(
  drive: Drive,
  store: Store,
  place: Place,
  signal: AbortSignal,
): Promise<void> {
  if (place.bin) {
    const items = (await drive.bin()).map(binned);
    if (!signal.aborted) store.setItems(items, { loading: undefined });
    return;
  }
  const found = await drive.itemAt(place.path, signal);
  if (isFolder(found)) return loadChildren(drive, store, { place, folder: found }, signal);
  const path = place.path.slice(0, -1);
  const folder = await drive.itemAt(path, signal);
  await loadChildren(drive, store, { place: { ...place, path }, folder }, signal);
  const index = store.state.shown.findIndex(({ id }) => id === found.id);
  if (index >= 0)
    store.set({ selection: moveTo(store.state.selection, store.state.shown, index, 'replace') });
}

async function loadChildren(
  drive: Drive,
  store: Store,
  opened: { readonly place: Place; readonly folder: Item },
  signal: AbortSignal,
): Promise<void> {
  const { folder } = opened;
  store.set({ ...opened, loading: { total: folder.folder?.childCount } });
  for await (const page of drive.children(folder.id, signal)) {
    if (signal.aborted) return;
    store.addItems(page);
  }
  store.set({ loading: undefined });
}

function binned({ id, name, size, folder, deleted }: BinItem): Item {
  return { id, name, size, lastModifiedDateTime: deleted, ...(folder ? { folder: { childCount: 0 } } : {}) };
}
