/** The state of the file manager as a value, and who is told when it changes. */
import { type Place, root } from './address.ts';
import type { Item } from './item.ts';
import { filtered, merged, sorted } from './order.ts';
import { follow, nothing, type Selection } from './selection.ts';

export interface State {
  readonly place: Place;
  /** The open folder; undefined in the recycle bin and while it is being found. */
  readonly folder: Item | undefined;
  /** All items, in order. */
  readonly items: readonly Item[];
  /** The items that match the filter. */
  readonly shown: readonly Item[];
  readonly filter: string;
  readonly selection: Selection;
  /** Items still expected while the folder is loading. */
  readonly loading: { readonly total: number | undefined } | undefined;
  readonly error: string | undefined;
}

/** Nothing is open. */
export const empty: State = {
  place: root,
  folder: undefined,
  items: [],
  shown: [],
  filter: '',
  selection: nothing,
  loading: undefined,
  error: undefined,
};

type Listener = (state: State, before: State) => void;

export type Store = ReturnType<typeof createStore>;

/** Holds the state, and keeps order, filter and selection consistent with the items. */
export function createStore() {
  let state = empty;
  const listeners = new Set<Listener>();
  const set = (change: Partial<State>) => {
    const before = state;
    state = { ...state, ...change };
    for (const listener of listeners) listener(state, before);
  };
  const setOrdered = (items: readonly Item[], more: Partial<State> = {}) => {
    const shown = filtered(items, state.filter);
    set({ ...more, items, shown, selection: follow(state.selection, state.shown, shown) });
  };
  return {
    get state() {
      return state;
    },
    set,
    onChange: (listener: Listener) => {
      listeners.add(listener);
    },
    setItems: (items: readonly Item[], more: Partial<State> = {}) => {
      const { sort, descending } = more.place ?? state.place;
      setOrdered(sorted(items, sort, descending), more);
    },
    /** Adds one page of a folder. */
    addItems: (added: readonly Item[]) => {
      const { sort, descending } = state.place;
      setOrdered(merged(state.items, added, sort, descending));
    },
    setFilter: (filter: string) => {
      const shown = filtered(state.items, filter);
      set({ filter, shown, selection: follow(state.selection, state.shown, shown) });
    },
  };
}
