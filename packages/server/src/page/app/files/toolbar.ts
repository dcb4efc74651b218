/** The commands above the list: those of the folder, or those of the selected items. */
import { button } from '../kit/button.ts';
import { fill, make } from '../kit/dom.ts';
import { countText } from '../kit/text.ts';
import type { ItemActions } from './actions.ts';
import { type Browser, goTo } from './browser.ts';
import { chosenFiles } from './dropped.ts';
import { nothing } from './selection.ts';
import type { State } from './state.ts';
import type { Incoming } from './uploads.ts';

export interface ToolbarHooks {
  readonly actions: ItemActions;
  readonly upload: (files: readonly Incoming[]) => Promise<void>;
  readonly share: () => Promise<void>;
  readonly versions: () => Promise<void>;
  readonly toggleDetails: () => unknown;
}

/** The toolbar; its commands follow the selection. */
export function toolbar(browser: Browser, hooks: ToolbarHooks): HTMLElement {
  const commands = make('div', { class: 'commands' });
  const chooser = fileChooser('choose', 'Files to upload', hooks);
  const folderChooser = fileChooser('choose-folder', 'Folder to upload', hooks);
  folderChooser.setAttribute('webkitdirectory', '');
  const filter = filterField(browser);
  const bar = make(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Commands' },
    commands,
    filter,
    chooser,
    folderChooser,
  );
  let kind = '';
  const draw = (state: State) => {
    const next = kindOf(browser, state);
    if (next === kind) return;
    kind = next;
    fill(commands, ...commandsOf(browser, hooks, state, { chooser, folderChooser }));
  };
  browser.onChange((state, before) => {
    draw(state);
    if (state.filter !== before.filter) setValue(filter, state.filter);
  });
  draw(browser.state);
  return bar;
}

/** The commands change only when this text does. */
function kindOf(browser: Browser, { place, selection }: State): string {
  const [only] = selection.ids.size === 1 ? browser.selected() : [];
  return `${place.bin} ${selection.ids.size} ${only?.file !== undefined}`;
}

function commandsOf(
  browser: Browser,
  hooks: ToolbarHooks,
  { place, selection }: State,
  choosers: { readonly chooser: HTMLElement; readonly folderChooser: HTMLElement },
): readonly (HTMLElement | false)[] {
  const { actions } = hooks;
  const subtle = { appearance: 'subtle' } as const;
  const count = selection.ids.size;
  const clear = button(`${countText(count, 'item')} selected`, () => browser.select(nothing), {
    ...subtle,
    icon: 'close',
    class: 'count',
    title: 'Clear the selection',
  });
  if (place.bin)
    return [
      button('Back to files', () => goTo(place, { bin: false, path: [], sort: 'name', descending: false }), {
        ...subtle,
        icon: 'back',
      }),
      count > 0 && button('Restore', actions.restore, { appearance: 'primary', icon: 'restore' }),
      count > 0 && clear,
    ];
  if (count === 0)
    return [
      button('Upload', () => choosers.chooser.click(), { appearance: 'primary', icon: 'upload' }),
      button('Upload folder', () => choosers.folderChooser.click(), {
        ...subtle,
        icon: 'folder',
        class: 'wide',
      }),
      button('New folder', actions.createFolder, { ...subtle, icon: 'add' }),
      button('Recycle bin', () => goTo(place, { bin: true, path: [], sort: 'modified', descending: true }), {
        ...subtle,
        icon: 'delete',
      }),
    ];
  const oneFile = count === 1 && browser.selected()[0]?.file !== undefined;
  return [
    button('Download', actions.download, { ...subtle, icon: 'download' }),
    count === 1 && button('Share', hooks.share, { ...subtle, icon: 'people' }),
    oneFile && button('Versions', hooks.versions, { ...subtle, icon: 'history' }),
    count === 1 && button('Rename', actions.rename, { ...subtle, icon: 'edit' }),
    button('Delete', actions.remove, { ...subtle, icon: 'delete' }),
    count === 1 && button('Details', hooks.toggleDetails, { ...subtle, icon: 'details' }),
    clear,
  ];
}

function fileChooser(id: string, label: string, { upload }: ToolbarHooks): HTMLInputElement {
  const input = make('input', { id, type: 'file', multiple: true, hidden: true, 'aria-label': label });
  input.addEventListener('change', () => {
    const files = chosenFiles(input.files ?? []);
    input.value = '';
    void upload(files);
  });
  return input;
}

function filterField(browser: Browser): HTMLInputElement {
  const input = make('input', {
    id: 'filter',
    class: 'field filter',
    type: 'search',
    placeholder: 'Filter by name',
    'aria-label': 'Filter by name',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  input.addEventListener('input', () => browser.setFilter(input.value));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') browser.setFilter('');
    if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter')
      document.getElementById('items')?.focus();
  });
  return input;
}

function setValue(input: HTMLInputElement, value: string): void {
  if (input.value !== value) input.value = value;
}
