/** The panel that lists uploads in progress, each with its progress and a button that cancels it. */
import '@fluentui/web-components/progress-bar/define.js';
import { button } from '../kit/button.ts';
import { make } from '../kit/dom.ts';
import { icon } from '../kit/icons.ts';
import { countText, messageOf, sizeText } from '../kit/text.ts';
import { toast } from '../kit/toast.ts';
import type { Browser } from './browser.ts';
import type { Item } from './item.ts';
import { type Incoming, upload } from './uploads.ts';

const uploadsAtOnce = 3;

interface Entry {
  readonly incoming: Incoming;
  readonly row: HTMLElement;
  readonly abort: AbortController;
  readonly show: (sent: number) => void;
  readonly finish: (problem?: string) => void;
}

/** The panel, and the function that starts uploads into the open folder. */
export function uploadPanel(browser: Browser) {
  const list = make('ul', {});
  const title = make('h2', { id: 'uploads-title' }, 'Uploads');
  const panel = make('section', { class: 'uploads', 'aria-labelledby': 'uploads-title', hidden: true });
  const hide = () => {
    panel.hidden = true;
    list.replaceChildren();
  };
  const close = button('', hide, {
    icon: 'close',
    appearance: 'transparent',
    size: 'small',
    'aria-label': 'Close uploads',
  });
  panel.append(make('header', {}, title, close), list);

  const start = async (files: readonly Incoming[]) => {
    const { folder } = browser.state;
    if (folder === undefined || files.length === 0) return;
    panel.hidden = false;
    const entries = files.map(newEntry);
    list.append(...entries.map(({ row }) => row));
    title.textContent = `Uploading ${countText(files.length, 'file')}`;
    const done = await runAll(entries, (entry) => uploadOne(browser, folder, entry));
    title.textContent = `Uploaded ${done} of ${countText(files.length, 'file')}`;
    toast(
      done === files.length
        ? `Uploaded ${countText(done, 'file')}.`
        : `Uploaded ${done} of ${countText(files.length, 'file')}.`,
      { bad: done < files.length },
    );
    if (done === files.length) hide();
    if (files.some(({ path }) => path.length > 1) && browser.state.folder?.id === folder.id)
      await browser.reload();
  };
  return { panel, start };
}

function newEntry(incoming: Incoming): Entry {
  const { file, path } = incoming;
  const abort = new AbortController();
  const name = path.join('/');
  const bar = make('fluent-progress-bar', { 'aria-label': name, role: 'progressbar', max: 100, value: 0 });
  const state = make('span', { class: 'quiet' }, 'Waiting');
  const cancel = button('', () => abort.abort(new Error('Cancelled.')), {
    icon: 'close',
    appearance: 'transparent',
    size: 'small',
    'aria-label': `Cancel the upload of ${name}`,
  });
  const row = make('li', {}, make('span', { class: 'file' }, name), state, cancel, bar);
  return {
    incoming,
    row,
    abort,
    show(sent) {
      const part = file.size === 0 ? 100 : Math.floor((100 * sent) / file.size);
      bar.setAttribute('value', String(part));
      state.textContent = `${sizeText(sent)} of ${sizeText(file.size)}`;
    },
    finish(problem) {
      cancel.remove();
      bar.remove();
      state.textContent = problem ?? 'Done';
      row.prepend(icon(problem === undefined ? 'check' : 'warning'));
      if (problem !== undefined) row.classList.add('bad');
    },
  };
}

/** Whether the file was uploaded. */
async function uploadOne(browser: Browser, folder: Item, entry: Entry): Promise<boolean> {
  try {
    const item = await upload(browser.drive, folder.id, entry.incoming, {
      progress: entry.show,
      signal: entry.abort.signal,
    });
    entry.finish();
    if (entry.incoming.path.length === 1 && browser.state.folder?.id === folder.id) browser.put(item);
    return true;
  } catch (error) {
    entry.finish(messageOf(error));
    return false;
  }
}

/** Runs `work` on each entry, a few at a time; returns how many succeeded. */
async function runAll(entries: readonly Entry[], work: (entry: Entry) => Promise<boolean>): Promise<number> {
  let next = 0;
  let succeeded = 0;
  const worker = async () => {
    for (let entry = entries[next++]; entry !== undefined; entry = entries[next++])
      if (await work(entry)) succeeded += 1;
  };
  await Promise.all(Array.from({ length: uploadsAtOnce }, worker));
  return succeeded;
}
