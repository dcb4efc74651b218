/** What an item is, as far as drive functions care. Pure. */
import type { DriveItem } from '../graph/types/index.ts';

/** `package` is a folder that acts as one file (OneNote), `remote` stands for an item of another drive. */
export type ItemKind = 'file' | 'folder' | 'package' | 'remote';

/** A package may carry a folder facet too, so it is looked for first. */
export function itemKind(item: DriveItem): ItemKind {
  if (item.package !== undefined) return 'package';
  if (item.remoteItem !== undefined) return 'remote';
  return item.folder === undefined && item.root === undefined ? 'file' : 'folder';
}

/** Is it a folder, or a shortcut to one? */
export function holdsItems(item: DriveItem): boolean {
  const kind = itemKind(item);
  return kind === 'folder' || (kind === 'remote' && item.remoteItem?.folder !== undefined);
}
