/** The versions of a file: download an older one, or make it the current one. */
import { button } from '../kit/button.ts';
import { make } from '../kit/dom.ts';
import { icon } from '../kit/icons.ts';
import { fullTimeText, sizeText } from '../kit/text.ts';
import { toast } from '../kit/toast.ts';
import { saveAs } from './actions.ts';
import type { Drive } from './drive.ts';
import type { Item, Version } from './item.ts';

/** The tab about versions; `changed` is called after one was restored. */
export async function versionsTab(
  drive: Drive,
  item: Item,
  changed: () => Promise<void>,
  signal: AbortSignal,
): Promise<HTMLElement> {
  const versions = await drive.versions(item.id, signal);
  const restore = async ({ id }: Version) => {
    await drive.restoreVersion(item.id, id);
    toast(`Restored “${item.name}” to version ${id}.`);
    await changed();
  };
  return make(
    'ul',
    { class: 'entries' },
    ...versions.map((version, index) => entry(drive, item, version, index === 0 ? undefined : restore)),
  );
}

function entry(
  drive: Drive,
  item: Item,
  version: Version,
  restore: ((version: Version) => Promise<void>) | undefined,
): HTMLElement {
  const { id, size, lastModifiedDateTime, lastModifiedBy } = version;
  const download = async () => {
    const url = URL.createObjectURL(await drive.versionContent(item.id, id));
    saveAs(url, item.name);
    URL.revokeObjectURL(url);
  };
  const by = lastModifiedBy?.user?.displayName;
  const facts = [`Version ${id}`, sizeText(size), ...(by === undefined ? [] : [by])];
  const options = { appearance: 'subtle', size: 'small' } as const;
  return make(
    'li',
    {},
    icon('history'),
    make(
      'div',
      { class: 'names' },
      make('span', {}, fullTimeText(lastModifiedDateTime)),
      make('span', { class: 'quiet' }, facts.join(', ')),
    ),
    restore === undefined ? make('span', { class: 'badge' }, 'Current') : undefined,
    restore && button('', download, { ...options, icon: 'download', 'aria-label': `Download version ${id}` }),
    restore &&
      button('', () => restore(version), {
        ...options,
        icon: 'restore',
        'aria-label': `Restore version ${id}`,
      }),
  );
}
