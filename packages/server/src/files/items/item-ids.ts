/**
 * Ids in the formats of the service, derived from the published examples
 * (https://learn.microsoft.com/graph/api/driveitem-get and others). Clients distinguish kinds of drives and items by them.
 */

import { base32, base64url } from '../../core/base-encodings.ts';
import { bytesOfHex, guidBytes } from '../../core/guid.ts';
import type { DriveRecord } from '../drives/drive-record.ts';

/** The GUID of every root folder, on business drives and on migrated personal ones. */
export const rootGuid = 'EA8CC6BE-FFDB-43D7-976F-BC7DA445C639';

/**
 * The id of an item. `sequence` is the item's first sequence number, which is unique in a drive, so numbered ids are unique
 * too.
 */
export function itemId(
  drive: Pick<DriveRecord, 'kind' | 'id' | 'itemIds' | 'library'>,
  guid: string,
  sequence: number,
): string {
  if (drive.kind !== 'personal') return businessItemId(drive.library, guid);
  const cid = drive.id.toUpperCase();
  if (drive.itemIds === 'number') return `${cid}!${100 + sequence}`;
  return `${cid}!s${guid.replaceAll('-', '').toLowerCase()}`;
}

/** `01` and 32 letters of base32: four bytes that identify the library, then the item's GUID. */
export function businessItemId(library: string, guid: string): string {
  return `01${base32(Uint8Array.of(...bytesOfHex(library), ...guidBytes(guid)))}`;
}

/** `b!` and base64url of the GUIDs of site collection, web and list. */
export function businessDriveId(site: string, web: string, list: string): string {
  return `b!${base64url(Uint8Array.of(...guidBytes(site), ...guidBytes(web), ...guidBytes(list)))}`;
}
