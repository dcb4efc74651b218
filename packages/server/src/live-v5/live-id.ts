/**
 * Ids of Live v5.0: `type.user.USER!number`; the root has no third part. The third part is the item's id on Microsoft Graph
 * (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk). Clients expect digits, so an
 * item whose Graph id is a GUID gets a number here.
 */
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Records } from '../storage/storage.ts';

/** The user part: 16 hex digits, lower case. */
export function cidOf(drive: Pick<DriveRecord, 'ownerId'>): string {
  return drive.ownerId.toLowerCase();
}

/** `A6B2A7E8F2515E5E!110`: the form that BITS uses. */
export function shortId(
  item: Pick<ItemRecord, 'id' | 'key'>,
  drive: Pick<DriveRecord, 'itemIds' | 'ownerId'>,
): string {
  return drive.itemIds === 'number' ? item.id : `${drive.ownerId.toUpperCase()}!${numberBase + item.key}`;
}

/** Numbers of items start above those of the real service's own folders. */
const numberBase = 100;

/** The id of an item. */
export function liveId(
  item: Pick<ItemRecord, 'id' | 'key' | 'data'>,
  drive: Pick<DriveRecord, 'itemIds' | 'ownerId'>,
): string {
  const user = cidOf(drive);
  if (item.data.kind === 'root') return `folder.${user}`;
  return `${item.data.kind === 'folder' ? 'folder' : 'file'}.${user}.${shortId(item, drive)}`;
}

/** An id in a request. */
export type ReadId =
  | { readonly kind: 'root'; readonly user: string }
  | {
      readonly kind: 'item';
      readonly type: 'folder' | 'file';
      readonly user: string;
      readonly short: string;
    };

/**
 * Parses an id; undefined if it is invalid. Clients build ids from BITS responses, in which the user part is in upper case
 * and has no leading zeros.
 */
export function readLiveId(text: string): ReadId | undefined {
  const match = /^(folder|file)\.([0-9a-f]{1,16})(?:\.([0-9a-f]{1,16}![0-9a-z]+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, type = '', digits = '', short] = match;
  const user = digits.toLowerCase().padStart(16, '0');
  if (short !== undefined)
    return { kind: 'item', type: type.toLowerCase() as 'folder' | 'file', user, short };
  return type.toLowerCase() === 'folder' ? { kind: 'root', user } : undefined;
}

/** The item of a short id, unless it is deleted. Leading zeros of the user part are optional. */
export function findShort(records: Records, drive: DriveRecord, short: string): ItemRecord | undefined {
  const [, owner = '', rest = ''] = /^([0-9a-f]{1,16})!([0-9a-z]+)$/i.exec(short) ?? [];
  const cid = drive.ownerId.toUpperCase();
  if (owner.toUpperCase().padStart(16, '0') !== cid.padStart(16, '0')) return undefined;
  const byId = records.itemById(drive.number, `${cid}!${rest}`) ?? records.itemById(drive.number, short);
  const numbered =
    drive.itemIds === 'guid' && /^\d{1,12}$/.test(rest) ? records.item(Number(rest) - numberBase) : undefined;
  const item = byId ?? numbered;
  return item !== undefined && item.drive === drive.number && item.bin === 0 ? item : undefined;
}

/** `comment.user.user!number.USER!m`: MSDN dn631832, "Comment object". */
export function commentId(item: Pick<ItemRecord, 'id' | 'key'>, drive: DriveRecord, number: number): string {
  return `comment.${cidOf(drive)}.${shortId(item, drive).toLowerCase()}.${drive.ownerId.toUpperCase()}!${number}`;
}

/** `tag.user.user!number.secret`: MSDN dn631848, "Tag object". */
export function tagId(item: Pick<ItemRecord, 'id' | 'key'>, drive: DriveRecord, tag: string): string {
  return `tag.${cidOf(drive)}.${shortId(item, drive).toLowerCase()}.${tag}`;
}

/** Parses the id of a tag. */
export function readTagId(text: string): { readonly short: string; readonly tag: string } | undefined {
  const match = /^tag\.[0-9a-f]{16}\.([0-9a-f]{1,16}![0-9a-z]+)\.([\w-]{1,64})$/i.exec(text);
  return match === null ? undefined : { short: match[1] ?? '', tag: match[2] ?? '' };
}

/** Parses the id of a comment. */
export function readCommentId(text: string): { readonly short: string; readonly number: number } | undefined {
  const match = /^comment\.[0-9a-f]{16}\.([0-9a-f]{1,16}![0-9a-z]+)\.[0-9a-f]{1,16}!(\d{1,12})$/i.exec(text);
  return match === null ? undefined : { short: match[1] ?? '', number: Number(match[2]) };
}
