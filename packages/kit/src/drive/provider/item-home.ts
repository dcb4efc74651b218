/**
 * The home drive of an item that is in another drive than the one that was asked, such as items behind a shortcut to a
 * shared folder: the field `homeDriveId`, so that the item can be addressed again.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/using-sharing-links
 */
import type { ItemRef } from '../../graph/item-ref.ts';
import { itemById } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { itemPathOf } from '../address/item-path.ts';

/** The field that names the home drive of an item. */
export interface HomeDrive {
  /** Id of the drive that the item is in. Absent: the drive that was asked. */
  readonly homeDriveId?: string | undefined;
}

/** `item` with the drive that `ref` names as its home drive; `item` itself if `ref` names none. */
export function withHome<T extends object>(item: T, { anchor }: ItemRef): T & HomeDrive {
  const drive = anchor.kind === 'id' ? anchor.drive : undefined;
  return drive === undefined ? item : { ...item, homeDriveId: drive };
}

/** The other drive that the item is in; undefined for an item of the drive that was asked. Pure. */
export function homeOf(item: object & HomeDrive): string | undefined {
  return item.homeDriveId;
}

/**
 * The ref of the item itself, in its home drive; for a shortcut, the shortcut. Messages use its path. Pure.
 */
export function refOf(item: Pick<DriveItem, 'id'> & Partial<Parameters<typeof itemPathOf>[0]>): ItemRef {
  const { id, name, parentReference, root } = item;
  const drive = homeOf(item);
  const label =
    name === undefined || root !== undefined || drive !== undefined
      ? undefined
      : itemPathOf({ name, ...(parentReference === undefined ? {} : { parentReference }) });
  return itemById(id, drive, label);
}

/**
 * The ref of a shortcut's target; undefined for any other item, and if the service does not return it. Pure.
 */
export function shortcutTarget({ remoteItem }: DriveItem): ItemRef | undefined {
  const drive = remoteItem?.parentReference?.driveId;
  return remoteItem?.id === undefined || drive === undefined ? undefined : itemById(remoteItem.id, drive);
}
