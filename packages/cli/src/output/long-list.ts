/** Lines of `ls --long`: size, modification time, name. Pure. */
import { itemKind } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { humanSize } from './size.ts';
import { paint, styledName, type Terminal } from './styled.ts';
import { dateTimeText } from './time-text.ts';

interface LongListOptions {
  /** Sizes in bytes instead of human units. */
  readonly bytes: boolean;
  readonly terminal: Terminal;
}

/** One line for each item; names of folders end with a slash. */
export function longList(
  entries: readonly { readonly path: string; readonly item: DriveItem }[],
  { bytes, terminal }: LongListOptions,
): string {
  const sizes = entries.map(({ item }) => sizeText(item.size, bytes));
  const width = Math.max(0, ...sizes.map(({ length }) => length));
  return entries
    .map(({ path, item }, at) => {
      const name = paint(styledName(item, path), terminal);
      const mark = itemKind(item) === 'folder' && !path.endsWith('/') ? '/' : '';
      return `${(sizes[at] ?? '').padStart(width)}  ${timeOf(item)}  ${name}${mark}\n`;
    })
    .join('');
}

function sizeText(size: number | undefined, bytes: boolean): string {
  if (size === undefined) return '-';
  return bytes ? String(size) : humanSize(size);
}

/** `2026-01-31 14:05`, in local time; dashes if it is not known. */
function timeOf({ fileSystemInfo, lastModifiedDateTime }: DriveItem): string {
  const at = Date.parse(fileSystemInfo?.lastModifiedDateTime ?? lastModifiedDateTime ?? '');
  return Number.isNaN(at) ? '-'.padEnd(16) : dateTimeText(at);
}
