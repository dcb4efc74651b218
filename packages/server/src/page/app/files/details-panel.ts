/** The panel beside the list: preview, properties, versions and sharing of the selected item. */
import { button } from '../kit/button.ts';
import { fill, make } from '../kit/dom.ts';
import { messageOf } from '../kit/text.ts';
import type { Browser } from './browser.ts';
import { type TabName, tabContent, tabRow, tabsOf } from './details-content.ts';
import { itemIcon } from './row.ts';

/** The panel, hidden until `show` is called. */
export function detailsPanel(browser: Browser) {
  const title = make('h2', { id: 'details-title' });
  const body = make('div', { class: 'details-body' });
  const panel = make('aside', { class: 'details', 'aria-labelledby': 'details-title', hidden: true });
  const load = loader(browser, title, body);
  let tab: TabName = 'Details';
  const choose = async (name: TabName) => {
    tab = name;
    await load.again(name, choose);
    panel.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  };
  const hide = () => {
    panel.hidden = true;
    load.stop();
    document.getElementById('items')?.focus();
  };
  const show = async (name: TabName = 'Details') => {
    const { shown, selection } = browser.state;
    const id = browser.selected()[0]?.id ?? shown[selection.cursor]?.id;
    if (id === undefined) return;
    tab = name;
    panel.hidden = false;
    await load.item(id, tab, choose);
    close.focus();
  };
  const close = button('', hide, { icon: 'close', appearance: 'transparent', 'aria-label': 'Close details' });
  panel.append(make('header', {}, title, close), body);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
  browser.onChange((state, before) => {
    if (panel.hidden || (state.selection === before.selection && state.place === before.place)) return;
    const id = browser.selected()[0]?.id;
    if (state.place.bin || !state.items.some((item) => item.id === (id ?? load.id))) panel.hidden = true;
    else if (id !== undefined && id !== load.id) void load.item(id, tab, choose);
  });
  const toggle = () => {
    if (!panel.hidden) hide();
    else return show();
    return undefined;
  };
  return { panel, show, toggle };
}

type Choose = (name: TabName) => Promise<void>;

/** Fills the panel; a newer request ends an older one. */
function loader(browser: Browser, title: HTMLElement, body: HTMLElement) {
  let running = new AbortController();
  let shown: string | undefined;
  const item = async (id: string, wanted: TabName, choose: Choose): Promise<void> => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    shown = id;
    try {
      const found = await browser.drive.item(id, signal);
      const tabs = tabsOf(found);
      const tab = tabs.includes(wanted) ? wanted : 'Details';
      const reload = async () => {
        browser.put(await browser.drive.item(id));
        await item(id, tab, choose);
      };
      const content = await tabContent(browser, found, tab, { signal, reload });
      if (signal.aborted) return;
      fill(title, itemIcon(found), make('span', {}, found.name));
      fill(
        body,
        tabRow(tabs, tab, (name) => void choose(name)),
        content,
      );
    } catch (error) {
      if (!signal.aborted) fill(body, make('p', { class: 'bad', role: 'alert' }, messageOf(error)));
    }
  };
  return {
    item,
    again: (tab: TabName, choose: Choose) =>
      shown === undefined ? Promise.resolve() : item(shown, tab, choose),
    stop: () => {
      running.abort();
      shown = undefined;
    },
    get id() {
      return shown;
    },
  };
}
