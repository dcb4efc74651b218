/** The keys of the list. */
import { type Browser, goTo } from './browser.ts';
import type { Item } from './item.ts';
import { type Mode, moveTo, nothing, selectAll, toggle } from './selection.ts';

/** What the list can do with an item or the selection. */
export interface ListActions {
  /** Opens a folder, or shows a file. */
  readonly open: (item: Item) => void;
  readonly remove: () => void;
  readonly rename: () => void;
  readonly showDetails: () => void;
}

/** Milliseconds after which typed letters start a new word. */
const typingPause = 800;

/** How far each key moves the cursor. */
function target(key: string, cursor: number, fitting: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return cursor + 1;
    case 'ArrowUp':
      return cursor - 1;
    case 'PageDown':
      return cursor + fitting;
    case 'PageUp':
      return cursor - fitting;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** A listener for `keydown` on the list. */
export function listKeys(browser: Browser, actions: ListActions, fitting: () => number) {
  const find = typeAhead(browser);
  return (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    if (!isLetter(event)) find.stop();
    const { selection, shown } = browser.state;
    const next = event.altKey ? undefined : target(event.key, selection.cursor, fitting(), shown.length);
    const command = event.ctrlKey || event.metaKey;
    if (next !== undefined) {
      const mode: Mode = event.shiftKey ? 'extend' : command ? 'keep' : 'replace';
      browser.select(moveTo(selection, shown, next, mode));
    } else if (!act(event, browser, actions) && !(isLetter(event) && find.letter(event.key))) return;
    event.preventDefault();
  };
}

const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== '/' && key !== '?' && !ctrlKey && !metaKey && !altKey;

/** Whether the key is a command of the list; if so, it has been carried out. */
function act(event: KeyboardEvent, browser: Browser, actions: ListActions): boolean {
  const { selection, shown, place } = browser.state;
  const item = shown[selection.cursor];
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter' && !event.altKey && item !== undefined && !place.bin) actions.open(item);
  else if (event.key === 'Enter' && event.altKey) actions.showDetails();
  else if (event.key === ' ') browser.select(toggle(selection, shown, selection.cursor));
  else if (event.key === 'a' && command) browser.select(selectAll(selection, shown));
  else if (event.key === 'Escape' && selection.ids.size > 0)
    browser.select({ ...nothing, cursor: selection.cursor });
  else if (event.key === 'Delete' && !place.bin) actions.remove();
  else if (event.key === 'F2' && !place.bin) actions.rename();
  else if (event.key === 'Backspace' || (event.key === 'ArrowUp' && event.altKey)) goUp(browser);
  else return false;
  return true;
}

function goUp({ state: { place } }: Browser): void {
  if (place.bin || place.path.length > 0) goTo(place, { bin: false, path: place.path.slice(0, -1) });
}

/** Typing the start of a name moves the cursor to the next item that starts so. */
function typeAhead(browser: Browser) {
  let typed = '';
  let last = -Infinity;
  const stop = () => {
    last = -Infinity;
  };
  const letter = (key: string): boolean => {
    const now = performance.now();
    typed = now - last > typingPause ? key : typed + key;
    last = now;
    const { selection, shown } = browser.state;
    const start = selection.cursor + (typed.length === 1 ? 1 : 0);
    const wanted = typed.toLowerCase();
    const matches = (index: number) => shown[index % shown.length]?.name.toLowerCase().startsWith(wanted);
    for (let index = start; index < start + shown.length; index++)
      if (matches(index)) {
        browser.select(moveTo(selection, shown, index % shown.length, 'replace'));
        return true;
      }
    return false;
  };
  return { letter, stop };
}
