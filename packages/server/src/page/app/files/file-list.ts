/** The list of items: a grid of which only the visible rows exist, with the keys of a desktop's file manager. */
import { fill, make, setAttribute } from '../kit/dom.ts';
import { icon } from '../kit/icons.ts';
import type { SortKey } from './address.ts';
import { type Browser, goTo } from './browser.ts';
import type { Item } from './item.ts';
import { type ListActions, listKeys } from './list-keys.ts';
import { buildRow, rowId } from './row.ts';
import { moveTo, toggle } from './selection.ts';
import type { State } from './state.ts';
import { showThumbnails } from './thumbnails.ts';
import { virtualRows } from './virtual-rows.ts';

/** On a narrow screen a row has two lines, and a tap on it opens the item. */
const narrow = matchMedia('(max-width: 40rem)');

const columns: readonly { readonly key: SortKey; readonly title: string }[] = [
  { key: 'name', title: 'Name' },
  { key: 'modified', title: 'Modified' },
  { key: 'size', title: 'Size' },
];

/** The list; redrawn when the state of `browser` changes. */
export function fileList(browser: Browser, actions: ListActions): HTMLElement {
  const head = make('div', { role: 'row', class: 'head', 'aria-rowindex': 1 });
  const space = make('div', { role: 'rowgroup', class: 'space' });
  const grid = make(
    'div',
    { role: 'grid', class: 'grid', tabindex: 0, 'aria-multiselectable': 'true', id: 'items' },
    make('div', { role: 'rowgroup', class: 'head-group' }, head),
    space,
  );
  const rows = virtualRows(
    grid,
    space,
    (index) => buildRow(browser.state, index),
    () => (narrow.matches ? 60 : 44),
  );
  const thumbnails = showThumbnails(grid, browser);
  browser.onChange((state, before) => {
    if (state.place !== before.place) drawHead(head, state);
    rows.draw(state.shown.length);
    describe(grid, state);
    if (state.selection.cursor !== before.selection.cursor) rows.reveal(state.selection.cursor);
    if (state.folder?.id !== before.folder?.id) grid.scrollTop = 0;
    thumbnails();
  });
  grid.addEventListener('click', (event) => click(event, browser, actions));
  grid.addEventListener('dblclick', (event) => {
    const item = itemAt(event, browser);
    if (item !== undefined && !browser.state.place.bin) actions.open(item);
  });
  grid.addEventListener('keydown', listKeys(browser, actions, rows.fitting));
  drawHead(head, browser.state);
  return grid;
}

function drawHead(head: HTMLElement, { place }: State): void {
  fill(
    head,
    ...columns.map(({ key, title }) => {
      const active = place.sort === key;
      const label = place.bin && key === 'modified' ? 'Deleted' : title;
      const direction = active ? (place.descending ? 'descending' : 'ascending') : undefined;
      const button = make(
        'button',
        {
          type: 'button',
          onclick: () => goTo(place, { sort: key, descending: active && !place.descending }),
        },
        label,
        active && icon(place.descending ? 'down' : 'up'),
      );
      return make('div', { role: 'columnheader', class: `cell-${key}`, 'aria-sort': direction }, button);
    }),
  );
}

function describe(grid: HTMLElement, { place, shown, selection }: State): void {
  const name = place.bin ? 'Recycle bin' : (place.path.at(-1) ?? 'Files');
  grid.setAttribute('aria-label', name);
  grid.setAttribute('aria-rowcount', String(shown.length + 1));
  setAttribute(grid, 'aria-activedescendant', shown.length > 0 ? rowId(selection.cursor) : undefined);
}

function indexAt(event: Event): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
  return row === null ? undefined : Number(row.dataset['index']);
}

function itemAt(event: Event, browser: Browser): Item | undefined {
  return browser.state.shown[indexAt(event) ?? -1];
}

/** A click on the name opens; on the check mark, or with Ctrl, it adds to the selection; elsewhere it selects. */
function click(event: MouseEvent, browser: Browser, actions: ListActions): void {
  const index = indexAt(event);
  const item = itemAt(event, browser);
  if (index === undefined || item === undefined || !(event.target instanceof Element)) return;
  const { selection, shown } = browser.state;
  const added = event.ctrlKey || event.metaKey || event.target.closest('.check') !== null;
  const onName = event.target.closest('a') !== null;
  const opens = !added && !browser.state.place.bin && (onName || narrow.matches);
  if (event.shiftKey) {
    event.preventDefault();
    browser.select(moveTo(selection, shown, index, 'extend'));
  } else if (opens) {
    event.preventDefault();
    browser.select(moveTo(selection, shown, index, 'replace'));
    actions.open(item);
  } else if (!onName) {
    browser.select(added ? toggle(selection, shown, index) : moveTo(selection, shown, index, 'replace'));
  }
}
