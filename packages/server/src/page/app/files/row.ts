/** One row of the list. */
import { make } from '../kit/dom.ts';
import { kindOfFile } from '../kit/file-kind.ts';
import { fileIcon, icon } from '../kit/icons.ts';
import { countText, dateText, fullTimeText, sizeText } from '../kit/text.ts';
import { placeHash } from './address.ts';
import { type Item, isFolder, modifiedOf } from './item.ts';
import type { State } from './state.ts';

/** The id of the element of a row: the grid names it as its active descendant. */
export const rowId = (index: number): string => `row-${index}`;

/** Where the name of an item leads: the address of the folder or file. */
export function itemHash({ place }: State, { name }: Item): string {
  return placeHash({ ...place, path: [...place.path, name] });
}

/** The picture before the name: an icon of the kind. */
export function itemIcon(item: Item): SVGSVGElement {
  if (isFolder(item)) return fileIcon('folder');
  return fileIcon(item.package === undefined ? kindOfFile(item.name, item.file?.mimeType) : 'notebook');
}

/** Size of a file, or number of items of a folder. */
export function sizeOrCount(item: Item, bin: boolean): string {
  return isFolder(item) && !bin ? countText(item.folder?.childCount ?? 0, 'item') : sizeText(item.size);
}

/** The row at `index`. */
export function buildRow(state: State, index: number): HTMLElement {
  const item = state.shown[index];
  if (item === undefined) return make('div');
  const selected = state.selection.ids.has(item.id);
  const { bin } = state.place;
  const name = bin
    ? make('span', { class: 'name' }, item.name)
    : make('a', { class: 'name', href: itemHash(state, item), tabindex: -1, draggable: 'false' }, item.name);
  const size = sizeOrCount(item, bin);
  const modified = modifiedOf(item);
  return make(
    'div',
    {
      role: 'row',
      class: state.selection.cursor === index ? 'row cursor' : 'row',
      id: rowId(index),
      'aria-rowindex': index + 2,
      'aria-selected': String(selected),
      'data-index': index,
    },
    make(
      'div',
      { role: 'gridcell', class: 'cell-name' },
      make('span', { class: 'check', 'aria-hidden': 'true' }, icon('check')),
      make('span', { class: 'picture', 'data-id': item.id }, itemIcon(item)),
      make(
        'span',
        { class: 'names' },
        name,
        make('span', { class: 'meta', 'aria-hidden': 'true' }, `${dateText(modified)} · ${size}`),
      ),
      item.shared === undefined
        ? undefined
        : make('span', { class: 'shared', title: 'Shared' }, icon('people')),
    ),
    make(
      'div',
      { role: 'gridcell', class: 'cell-modified', title: fullTimeText(modified) },
      dateText(modified),
    ),
    make('div', { role: 'gridcell', class: 'cell-size' }, size),
  );
}
