/**
 * An eTag changes with any change of an item, a cTag only with its content; both are accepted in If-Match and If-None-Match.
 * Formats as sent by the service: on business drives the quotes are part of the JSON string, on personal drives there are
 * none, so clients send those unquoted.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem
 */

import type { ItemRecord } from '../files/items/item-record.ts';
import type { DriveKind } from '../people/account-record.ts';
import { base64OfText } from './base-encodings.ts';

type TaggedItem = Pick<ItemRecord, 'id' | 'version' | 'contentVersion' | 'rank' | 'data'>;

/** The eTag in JSON. */
export function eTagOf(item: TaggedItem, drive: DriveKind): string {
  if (drive === 'personal') return `a${base64OfText(`${item.id}.${item.version}`)}`;
  return `"{${item.data.guid}},${item.version}"`;
}

/** The cTag in JSON. Folders of business drives have one too, but it never changes. */
export function cTagOf(item: TaggedItem, drive: DriveKind): string {
  if (drive === 'personal') return `a${base64OfText(`c:${item.id}.${item.contentVersion}`)}`;
  return `"c:{${item.data.guid}},${item.rank === 0 ? 0 : item.contentVersion}"`;
}

/** The eTag as a header value, in quotes. */
export function headerTag(tag: string): string {
  return tag.startsWith('"') ? tag : `"${tag}"`;
}
