/**
 * eTags change with anything of an item, cTags with its content only; both are accepted in If-Match and
 * If-None-Match. Forms as the service sends them: on business drives the quotes are part of the JSON string, on
 * personal ones there are none, so clients send those bare.
 * Source: https://learn.microsoft.com/onedrive/developer/rest-api/resources/driveitem
 */

import type { ItemRecord } from '../files/items/item-record.ts';
import type { DriveKind } from '../people/account-record.ts';
import { base64OfText } from './base-encodings.ts';

type Tagged = Pick<ItemRecord, 'id' | 'version' | 'contentVersion' | 'rank' | 'data'>;

/** The eTag as it stands in JSON. */
export function eTagOf(item: Tagged, drive: DriveKind): string {
  if (drive === 'personal') return `a${base64OfText(`${item.id}.${item.version}`)}`;
  return `"{${item.data.guid}},${item.version}"`;
}

/** The cTag as it stands in JSON. Folders of business drives carry one too, which does not count. */
export function cTagOf(item: Tagged, drive: DriveKind): string {
  if (drive === 'personal') return `a${base64OfText(`c:${item.id}.${item.contentVersion}`)}`;
  return `"c:{${item.data.guid}},${item.rank === 0 ? 0 : item.contentVersion}"`;
}

/** The eTag as a header value: quoted. */
export function headerTag(tag: string): string {
  return tag.startsWith('"') ? tag : `"${tag}"`;
}
