/** The properties of an item, as a list of terms. */
import { button } from '../kit/button.ts';
import { make } from '../kit/dom.ts';
import { countText, fullTimeText, sizeText } from '../kit/text.ts';
import { toast } from '../kit/toast.ts';
import { type Item, isFolder, modifiedOf } from './item.ts';

function kindText(item: Item): string {
  if (item.package !== undefined) return `Notebook (${item.package.type})`;
  return isFolder(item) ? 'Folder' : (item.file?.mimeType ?? 'File');
}

/** A date and who did it. */
function when(time: string | undefined, by: Item['createdBy']): string {
  const who = by?.user?.displayName ?? by?.application?.displayName;
  return `${fullTimeText(time)}${who === undefined ? '' : `, ${who}`}`;
}

/** The list of properties. */
export function facts(item: Item, path: readonly string[]): HTMLElement {
  const { image, file, folder } = item;
  const pixels = image?.width === undefined ? undefined : `${image.width} × ${image.height ?? 0} pixels`;
  const entries: readonly (readonly [term: string, value: string | undefined])[] = [
    ['Type', kindText(item)],
    ['Size', sizeText(item.size)],
    ['Contains', folder === undefined ? undefined : countText(folder.childCount, 'item')],
    ['Picture', pixels],
    ['Modified', when(modifiedOf(item), item.lastModifiedBy)],
    ['Created', when(item.fileSystemInfo?.createdDateTime ?? item.createdDateTime, item.createdBy)],
    ['Path', `/${path.join('/')}`],
    ['Id', item.id],
    ...Object.entries(file?.hashes ?? {}).map(([name, value]) => [hashName(name), value] as const),
  ];
  const shown = entries.filter(([, value]) => value !== undefined && value !== '');
  return make(
    'dl',
    { class: 'facts' },
    ...shown.map(([term, value]) =>
      make('div', {}, make('dt', {}, term), make('dd', {}, value, copyable(term, value ?? ''))),
    ),
  );
}

/** `quickXorHash` → `QuickXorHash`, `sha1Hash` → `SHA-1`. */
function hashName(name: string): string {
  if (name === 'quickXorHash') return 'QuickXorHash';
  return name.replace(/Hash$/, '').replace(/^sha/, 'SHA-').replace(/^crc/, 'CRC-');
}

function copyable(term: string, value: string): HTMLElement | undefined {
  if (term !== 'Path' && term !== 'Id') return undefined;
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast(`${term} copied.`);
  };
  const label = `Copy ${term.toLowerCase()}`;
  return button('', copy, { icon: 'copy', appearance: 'transparent', size: 'small', 'aria-label': label });
}
