/** Finds items by a sharing link or a web address. */
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef } from '../item-ref.ts';
import { type Paged, pagedCall } from '../page.ts';
import { drivePath } from '../path.ts';
import { type CallOptions, sendForObject } from '../send.ts';
import type { CollectionPage, DriveItem } from '../types/index.ts';
import type { ListOptions } from './items.ts';
import { listQuery } from './items.ts';

/**
 * Encodes a URL as the id of a share: `u!` and base64url without padding. @see
 * https://learn.microsoft.com/graph/api/shares-get
 */
export function shareToken(url: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(url)) binary += String.fromCharCode(byte);
  return `u!${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** Options for resolving a link. */
export interface SharedItemOptions extends CallOptions {
  /**
   * Redeem the link as a browser does: afterwards the item can be addressed by its drive and id, and is
   * listed among the items shared with the account. Without this, the item is returned but no access is
   * granted.
   */
  readonly redeem?: boolean | undefined;
}

/**
 * Returns the item of a sharing link or a web address, which may be in any drive that the account can access.
 * @see https://learn.microsoft.com/graph/api/shares-get
 * @throws GraphError `not-found`, `access-denied`
 */
export function getSharedItem(
  client: GraphClient,
  url: string,
  options: SharedItemOptions = {},
): Promise<DriveItem> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: `/shares/${shareToken(url)}/driveItem`,
    what: `follow ${placeOf(url)}`,
    headers: { prefer: options.redeem === true ? 'redeemSharingLink' : 'redeemSharingLinkIfNecessary' },
    options,
  });
}

/** A link gives access to anyone, so messages contain only its host. */
function placeOf(url: string): string {
  return URL.canParse(url) ? `the link to ${new URL(url).host}` : 'the link';
}

/**
 * Lists the items that others shared with the signed-in user. Deprecated by Microsoft, and degraded since
 * November 2025.
 * @see https://learn.microsoft.com/graph/api/drive-sharedwithme
 */
export function sharedWithMe(
  client: GraphClient,
  drive: DriveRef,
  options: ListOptions = {},
): Paged<DriveItem, CollectionPage<DriveItem>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: `${drivePath(drive)}/sharedWithMe`,
    what: 'list the items shared with you',
    query: listQuery(options),
    options,
  });
}
