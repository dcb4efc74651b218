/** What the details panel shows of an item: its tabs, and the content of the open one. */
import { make } from '../kit/dom.ts';
import type { Browser } from './browser.ts';
import { facts } from './facts.ts';
import type { Item } from './item.ts';
import { preview } from './preview.ts';
import { sharingTab } from './sharing.ts';
import { versionsTab } from './versions.ts';

export type TabName = 'Details' | 'Versions' | 'Sharing';

/** The tabs of an item: folders have no versions. */
export function tabsOf(item: Item): readonly TabName[] {
  return item.file === undefined ? ['Details', 'Sharing'] : ['Details', 'Versions', 'Sharing'];
}

/** The content of a tab. `reload` is called when the item has changed. */
export async function tabContent(
  browser: Browser,
  item: Item,
  tab: TabName,
  { signal, reload }: { readonly signal: AbortSignal; readonly reload: () => Promise<void> },
): Promise<HTMLElement> {
  const { drive, state } = browser;
  const panel = (...content: (HTMLElement | false)[]) =>
    make('div', { role: 'tabpanel', id: 'details-panel', 'aria-labelledby': `tab-${tab}` }, ...content);
  switch (tab) {
    case 'Sharing':
      return panel(await sharingTab(drive, item, signal));
    case 'Versions':
      return panel(await versionsTab(drive, item, reload, signal));
    case 'Details': {
      const look = item.file !== undefined && (await preview(drive, item, signal));
      return panel(look, facts(item, [...state.place.path, item.name]));
    }
  }
}

/** The row of tabs; arrow keys move between them. */
export function tabRow(
  names: readonly TabName[],
  active: TabName,
  choose: (name: TabName) => void,
): HTMLElement {
  const step = (event: Event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key] ?? 0;
    const next = names[(names.indexOf(active) + by + names.length) % names.length];
    if (next !== undefined && by !== 0) choose(next);
  };
  const tab = (name: TabName) => {
    const isActive = name === active;
    return make(
      'button',
      {
        role: 'tab',
        type: 'button',
        id: `tab-${name}`,
        'aria-selected': String(isActive),
        'aria-controls': isActive ? 'details-panel' : undefined,
        tabindex: isActive ? 0 : -1,
        onclick: () => {
          choose(name);
        },
      },
      name,
    );
  };
  return make(
    'div',
    { role: 'tablist', class: 'tabs', 'aria-label': 'About the item', onkeydown: step },
    ...names.map(tab),
  );
}
