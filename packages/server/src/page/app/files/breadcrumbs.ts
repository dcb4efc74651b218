/** The folders from the root to the open one, as links. */
import { fill, make } from '../kit/dom.ts';
import { icon } from '../kit/icons.ts';
import { placeHash } from './address.ts';
import type { Browser } from './browser.ts';
import type { State } from './state.ts';

/** The navigation; redrawn when another folder opens. */
export function breadcrumbs(browser: Browser): HTMLElement {
  const list = make('ol', {});
  const draw = ({ place }: State) => {
    const names = place.bin ? ['Recycle bin'] : ['Files', ...place.path];
    const depth = (index: number) => placeHash({ ...place, path: place.path.slice(0, index) });
    fill(
      list,
      ...names.map((name, index) => {
        const last = index === names.length - 1;
        const link = make('a', { href: depth(index), 'aria-current': last ? 'page' : undefined }, name);
        return make('li', {}, index > 0 && icon('down'), link);
      }),
    );
    document.title = `${names.at(-1) ?? 'Files'} - embedded OneDrive`;
  };
  browser.onChange((state, before) => {
    if (state.place !== before.place) draw(state);
  });
  draw(browser.state);
  return make('nav', { class: 'crumbs', 'aria-label': 'Folders' }, list);
}
