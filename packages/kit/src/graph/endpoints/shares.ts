/** Items by what people pass around: a sharing link, or the address in a browser. */
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef } from '../item-ref.ts';
import { type Paged, pagedCall } from '../page.ts';
import { drivePath } from '../path.ts';
import { type CallOptions, sendForObject } from '../send.ts';
import type { CollectionPage, DriveItem } from '../types/index.ts';
import type { ListOptions } from './items.ts';
import { listQuery } from './items.ts';

/** A URL as the id of a share: `u!` and base64url without padding. @see https://learn.microsoft.com/graph/api/shares-get */
export function shareToken(url: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(url)) binary += String.fromCharCode(byte);
  return `u!${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** How to look behind a link. */
export interface SharedItemOptions extends CallOptions {
  /**
   * Redeem the link as opening it in a browser does: the item can be reached by its drive and id from now on, and is
   * among what is shared with the account. Otherwise the item is only told, not opened.
   */
  readonly redeem?: boolean | undefined;
}

/**
 * The item behind a sharing link or a web address, which may be of any drive that the account can reach.
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

/** A link opens the item to whoever has it, so messages show its host alone. */
function placeOf(url: string): string {
  return URL.canParse(url) ? `the link to ${new URL(url).host}` : 'the link';
}

/**
 * What others shared with the signed-in person. Deprecated by Microsoft, and degraded since November 2025.
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
    what: 'list what is shared with you',
    query: listQuery(options),
    options,
  });
}
