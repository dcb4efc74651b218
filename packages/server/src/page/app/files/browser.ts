/** The file manager without its looks: which folder is open, its items, and the changes that actions make to them. */
import { messageOf } from '../kit/text.ts';
import { type Place, placeHash, readPlace } from './address.ts';
import type { Drive } from './drive.ts';
import type { Item } from './item.ts';
import { loadPlace } from './load-place.ts';
import type { Selection } from './selection.ts';
import { createStore, empty } from './state.ts';

export type Browser = ReturnType<typeof createBrowser>;

/** The file manager of `drive`. */
export function createBrowser(drive: Drive) {
  const store = createStore();
  let running = new AbortController();
  const open = async (place: Place) => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    store.set({ ...empty, place, loading: { total: undefined } });
    try {
      await loadPlace(drive, store, place, signal);
    } catch (error) {
      if (!signal.aborted) store.set({ loading: undefined, error: messageOf(error) });
    }
  };
  return {
    drive,
    get state() {
      return store.state;
    },
    onChange: store.onChange,
    /** Shows what the address bar names. A change of the order only sorts again. */
    follow: async () => {
      const { state } = store;
      const place = readPlace(location.hash);
      if (
        isSame(place, state.place) &&
        (state.folder !== undefined || place.bin) &&
        state.error === undefined
      )
        store.setItems(state.items, { place });
      else await open(place);
    },
    reload: () => open(store.state.place),
    setFilter: store.setFilter,
    select: (selection: Selection) => {
      store.set({ selection });
    },
    /** Adds items, in the place of earlier ones with the same id or name. */
    put: (...items: readonly Item[]) => {
      store.setItems([...without(store.state.items, items), ...items]);
    },
    drop: (ids: ReadonlySet<string>) => {
      store.setItems(store.state.items.filter(({ id }) => !ids.has(id)));
    },
    selected: (): readonly Item[] => {
      const { items, selection } = store.state;
      return selection.ids.size === 0 ? [] : items.filter(({ id }) => selection.ids.has(id));
    },
  };
}

function isSame(left: Place, right: Place): boolean {
  return left.bin === right.bin && left.path.join('/') === right.path.join('/');
}

function without(items: readonly Item[], gone: readonly Item[]): readonly Item[] {
  const ids = new Set(gone.map(({ id }) => id));
  const names = new Set(gone.map(({ name }) => name.toLowerCase()));
  return items.filter(({ id, name }) => !ids.has(id) && !names.has(name.toLowerCase()));
}

/** The address of a place, changed in part. */
export function goTo(place: Place, change: Partial<Place>): void {
  location.hash = placeHash({ ...place, ...change });
}
