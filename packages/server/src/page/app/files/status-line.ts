/** The line below the list: how many items there are, how many are selected, and what is still loading. */
import { fill, make } from '../kit/dom.ts';
import { countText, sizeText } from '../kit/text.ts';
import type { Browser } from './browser.ts';
import type { State } from './state.ts';

function summary({ items, shown, filter, selection, loading }: State, selectedSize: number): string {
  const total = loading?.total ?? 0;
  const count =
    loading !== undefined && total > items.length
      ? `${items.length.toLocaleString('en')} of ${countText(total, 'item')} loaded`
      : countText(items.length, 'item');
  const matching = filter === '' ? [] : [`${shown.length.toLocaleString('en')} match the filter`];
  const selected =
    selection.ids.size === 0
      ? []
      : [`${selection.ids.size.toLocaleString('en')} selected, ${sizeText(selectedSize)}`];
  return [count, ...matching, ...selected].join(' · ');
}

/** What stands in place of an empty list. */
function emptyText({ items, loading, error, place }: State): string | undefined {
  if (error !== undefined) return error;
  if (loading !== undefined) return items.length === 0 ? 'Loading…' : undefined;
  if (items.length > 0) return 'No name matches the filter.';
  return place.bin ? 'The recycle bin is empty.' : 'This folder is empty. Drop files here to upload them.';
}

/** The status line, and the text for an empty list. */
export function statusLine(browser: Browser) {
  const line = make('p', { class: 'status-line', role: 'status' });
  const empty = make('p', { class: 'empty', hidden: true });
  browser.onChange((state) => {
    const size =
      state.selection.ids.size === 0 ? 0 : browser.selected().reduce((sum, item) => sum + item.size, 0);
    fill(line, state.error === undefined ? summary(state, size) : '');
    const text = state.shown.length === 0 ? emptyText(state) : undefined;
    empty.hidden = text === undefined;
    empty.classList.toggle('bad', state.error !== undefined);
    empty.textContent = text ?? '';
  });
  return { line, empty };
}
