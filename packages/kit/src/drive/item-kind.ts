/** The kind of an item for drive functions. Pure. */
import type { DriveItem } from '../graph/types/index.ts';

/** `package` is a folder that acts as one file (OneNote), `remote` refers to an item of another drive. */
export type ItemKind = 'file' | 'folder' | 'package' | 'remote';

/** A package may have a folder facet too, so it is checked first. */
export function itemKind(item: DriveItem): ItemKind {
  if (item.package !== undefined) return 'package';
  if (item.remoteItem !== undefined) return 'remote';
  return item.folder === undefined && item.root === undefined ? 'file' : 'folder';
}

/** Whether it is a folder, or a shortcut to one. */
export function holdsItems(item: DriveItem): boolean {
  const kind = itemKind(item);
  return kind === 'folder' || (kind === 'remote' && item.remoteItem?.folder !== undefined);
}
