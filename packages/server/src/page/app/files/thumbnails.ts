/** Thumbnails in the list, for the images that are in view. */
import { make } from '../kit/dom.ts';
import { kindOfFile } from '../kit/file-kind.ts';
import type { Browser } from './browser.ts';
import type { Drive } from './drive.ts';

/** Milliseconds without scrolling after which thumbnails are requested. */
const settled = 100;
const requestsAtOnce = 4;

/** Returns a function that fills the rows of `grid` with thumbnails soon after they were drawn. */
export function showThumbnails(grid: HTMLElement, browser: Browser): () => void {
  const urls = new Map<string, Promise<string | undefined>>();
  const limited = limit(requestsAtOnce);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = (id: string) => {
    const known = urls.get(id) ?? limited(() => thumbnailUrl(browser.drive, id));
    urls.set(id, known);
    return known;
  };
  const fillRows = () => {
    for (const picture of grid.querySelectorAll<HTMLElement>('.picture:not([data-done])')) {
      const id = picture.dataset['id'] ?? '';
      const row = picture.closest<HTMLElement>('.row');
      const item = browser.state.shown[Number(row?.dataset['index'])];
      if (item?.id !== id || browser.state.place.bin) continue;
      if (item.file === undefined || kindOfFile(item.name, item.file.mimeType) !== 'image') continue;
      picture.dataset['done'] = '';
      void load(id).then((url) => {
        if (url !== undefined && picture.isConnected) picture.replaceChildren(imageAt(url, picture));
      });
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(fillRows, urls.size === 0 ? 0 : settled);
  };
  grid.addEventListener('scroll', soon);
  return soon;
}

/** The image; the icon comes back if it cannot be shown. */
function imageAt(url: string, picture: HTMLElement): HTMLImageElement {
  const icon = [...picture.childNodes];
  return make('img', { src: url, alt: '', onerror: () => picture.replaceChildren(...icon) });
}

/** A server without an image library has no thumbnails, and refuses to render them. */
async function thumbnailUrl(drive: Drive, id: string): Promise<string | undefined> {
  const set = await drive.thumbnails(id).catch(() => undefined);
  return set?.small?.url;
}

/** Runs at most `most` actions at a time. */
function limit(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
