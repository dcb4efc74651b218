/** What the person can do with the items that are selected. */
import { askName } from '../kit/dialog.ts';
import { make } from '../kit/dom.ts';
import { countText } from '../kit/text.ts';
import { toast } from '../kit/toast.ts';
import { type Browser, goTo } from './browser.ts';
import { type Item, isFolder } from './item.ts';
import { nothing } from './selection.ts';

const requestsAtOnce = 4;

/** `report.txt`, or the number of items. */
function described(items: readonly Item[]): string {
  const [only] = items;
  return items.length === 1 && only !== undefined ? `“${only.name}”` : countText(items.length, 'item');
}

/** The selected items, or the one at the cursor if none is selected. */
function chosen(browser: Browser): readonly Item[] {
  const selected = browser.selected();
  const { shown, selection } = browser.state;
  const current = shown[selection.cursor];
  return selected.length > 0 || current === undefined ? selected : [current];
}

export function itemActions(browser: Browser, showDetails: () => void) {
  const { drive } = browser;
  return {
    open: (item: Item) => {
      const { place } = browser.state;
      if (isFolder(item)) goTo(place, { path: [...place.path, item.name] });
      else showDetails();
    },
    remove: () => removeItems(browser, chosen(browser)),
    restore: async () => {
      const items = chosen(browser);
      await inParallel(items, ({ id }) => drive.restore(id));
      browser.drop(new Set(items.map(({ id }) => id)));
      toast(`Restored ${described(items)}.`);
    },
    rename: async () => {
      const [item] = chosen(browser);
      const name = item && (await askName('Rename', 'Rename', item.name));
      if (item === undefined || name === undefined || name === item.name) return;
      const renamed = await drive.rename(item.id, name);
      if (renamed !== undefined) browser.put(renamed);
      toast(`Renamed “${item.name}” to “${name}”.`);
    },
    createFolder: async () => {
      const { folder } = browser.state;
      const name = await askName('New folder', 'Create');
      if (name === undefined || folder === undefined) return;
      const created = await drive.createFolder(folder.id, name);
      if (created !== undefined) browser.put(created);
      toast(`Created the folder “${name}”.`);
    },
    download: async () => {
      for (const item of chosen(browser).filter((one) => one.file !== undefined)) {
        const { '@microsoft.graph.downloadUrl': url } = await drive.item(item.id);
        if (url !== undefined) saveAs(url, item.name);
      }
    },
  };
}

export type ItemActions = ReturnType<typeof itemActions>;

/** Moves items to the recycle bin, and offers to undo that. */
async function removeItems(browser: Browser, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const { drive, state } = browser;
  const { folder } = state;
  await inParallel(items, ({ id }) => drive.remove(id));
  browser.drop(new Set(items.map(({ id }) => id)));
  browser.select({ ...nothing, cursor: browser.state.selection.cursor });
  const undo = async () => {
    await inParallel(items, ({ id }) => drive.restore(id));
    if (folder !== undefined && browser.state.folder?.id === folder.id) browser.put(...items);
    toast(`Restored ${described(items)}.`);
  };
  toast(`Moved ${described(items)} to the recycle bin.`, { action: { text: 'Undo', work: undo } });
}

/** Lets the browser save what is at `url`. */
export function saveAs(url: string, name: string): void {
  const link = make('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, worker));
}
