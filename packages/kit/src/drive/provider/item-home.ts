/**
 * Which drive an item is in, where that is not the drive that is asked: items behind a shortcut to a shared folder.
 * The provider marks what it reads of another drive, so that whoever has such an item can address it again. Kept under
 * a symbol, so that neither JSON nor a loop over the keys meets it.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 */
import type { ItemRef } from '../../graph/item-ref.ts';
import { itemById } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { itemPathOf } from '../address/item-path.ts';

const home = Symbol.for('onedrive-kit.item-home');

/** The drive that a ref names beside the one that is asked; undefined where it names none. Pure. */
function homeOfRef({ anchor }: ItemRef): string | undefined {
  return anchor.kind === 'id' ? anchor.drive : undefined;
}

/** `item`, marked as one of the drive that `ref` names. Marks nothing where it names none. */
export function withHome<T extends object>(item: T, ref: ItemRef): T {
  const drive = homeOfRef(ref);
  return drive === undefined ? item : Object.defineProperty(item, home, { value: drive });
}

/** The other drive that the item is in; undefined for one of the drive that is asked. Pure. */
export function homeOf(item: object): string | undefined {
  return (item as { readonly [home]?: string })[home];
}

/** The item itself, in whichever drive it is: of a shortcut, the shortcut. Messages name it by its path. Pure. */
export function refOf(item: Pick<DriveItem, 'id'> & Partial<Parameters<typeof itemPathOf>[0]>): ItemRef {
  const { id, name, parentReference, root } = item;
  const drive = homeOf(item);
  const label =
    name === undefined || root !== undefined || drive !== undefined
      ? undefined
      : itemPathOf({ name, ...(parentReference === undefined ? {} : { parentReference }) });
  return itemById(id, drive, label);
}

/** What a shortcut leads to; undefined for anything else, and where the service does not tell. Pure. */
export function shortcutTarget({ remoteItem }: DriveItem): ItemRef | undefined {
  const drive = remoteItem?.parentReference?.driveId;
  return remoteItem?.id === undefined || drive === undefined ? undefined : itemById(remoteItem.id, drive);
}
