/** The list of keys, and the keys that work anywhere on the page. */

import { button } from '../kit/button.ts';
import { openDialog } from '../kit/dialog.ts';
import { make } from '../kit/dom.ts';

const keys: readonly (readonly [key: string, effect: string])[] = [
  ['↑ ↓ Page Up Page Down Home End', 'move'],
  ['Shift + move', 'extend the selection'],
  ['Space', 'select or deselect'],
  ['Ctrl + A', 'select all'],
  ['Esc', 'clear the selection'],
  ['Enter', 'open'],
  ['Backspace or Alt + ↑', 'go to the folder above'],
  ['Alt + Enter', 'show details'],
  ['F2', 'rename'],
  ['Delete', 'move to the recycle bin'],
  ['/', 'filter by name'],
  ['letters', 'go to a name that starts with them'],
  ['?', 'show this list'],
];

/** Opens the list of keys. */
export function showKeys(): void {
  const list = make(
    'dl',
    { class: 'keys' },
    ...keys.map(([key, effect]) => make('div', {}, make('dt', {}, key), make('dd', {}, effect))),
  );
  const close = openDialog('Keyboard', [
    list,
    make(
      'div',
      { class: 'dialog-actions' },
      button('Close', () => close(), { appearance: 'primary' }),
    ),
  ]);
}

/** `/` goes to the filter, `?` opens the list of keys; not while a text is being typed. */
export function pageKeys(event: KeyboardEvent): void {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]'))
    return;
  if (event.key === '/') document.getElementById('filter')?.focus();
  else if (event.key === '?') showKeys();
  else return;
  event.preventDefault();
}
