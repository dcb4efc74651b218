/** Other resources of an item: thumbnails, preview, check-out, columns of a library. */
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { type Paged, pagedCall } from '../page.ts';
import { encodeSegment, itemPath } from '../path.ts';
import { type CallOptions, sendForNothing, sendForObject } from '../send.ts';
import type { CollectionPage, Thumbnail, ThumbnailSet } from '../types/index.ts';

/**
 * Lists the thumbnails of an item in several sizes. @see
 * https://learn.microsoft.com/graph/api/driveitem-list-thumbnails
 */
export function listThumbnails(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Paged<ThumbnailSet, CollectionPage<ThumbnailSet>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: itemPath(drive, item, 'thumbnails'),
    what: `list the thumbnails of ${describeItem(item)}`,
    options,
  });
}

/** A temporary page on which a browser can view an item. */
export interface ItemPreview {
  /** A page for an iframe: a secret. */
  readonly getUrl?: string;
  readonly postUrl?: string;
  readonly postParameters?: string;
}

/**
 * Returns a short-lived page that shows an item. @see https://learn.microsoft.com/graph/api/driveitem-preview
 */
export function previewItem(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<ItemPreview> {
  return sendForObject(client, {
    method: 'POST',
    contract: contracts.read,
    url: itemPath(drive, item, 'preview'),
    what: `preview ${describeItem(item)}`,
    json: {},
    idempotent: true,
    options,
  });
}

function post(
  client: GraphClient,
  [drive, item, verb]: readonly [DriveRef, ItemRef, 'checkOut' | 'checkIn' | 'discardCheckOut'],
  what: string,
  json: unknown,
  options: CallOptions,
): Promise<void> {
  const url = itemPath(drive, item, verb === 'discardCheckOut' ? 'discardCheckout' : verb.toLowerCase());
  return sendForNothing(client, {
    method: 'POST',
    contract: contracts[verb],
    url,
    what: `${what} ${describeItem(item)}`,
    json,
    options,
  });
}

/**
 * Locks a file for other users; in libraries and business drives. @see
 * https://learn.microsoft.com/graph/api/driveitem-checkout
 */
export function checkOut(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<void> {
  return post(client, [drive, item, 'checkOut'], 'check out', undefined, options);
}

/**
 * Publishes a checked-out file as its new version. @see
 * https://learn.microsoft.com/graph/api/driveitem-checkin
 */
export function checkIn(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  { comment, ...options }: CallOptions & { readonly comment?: string | undefined } = {},
): Promise<void> {
  return post(
    client,
    [drive, item, 'checkIn'],
    'check in',
    comment === undefined ? {} : { comment },
    options,
  );
}

/**
 * Cancels a check-out and discards its changes. @see
 * https://learn.microsoft.com/graph/api/driveitem-discardcheckout
 */
export function discardCheckOut(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<void> {
  return post(client, [drive, item, 'discardCheckOut'], 'undo the check-out of', undefined, options);
}

/** Values of the columns of a library, by their internal names. */
export type ListItemFields = Readonly<Record<string, unknown>>;

/** Returns the columns of an item in its library. @see https://learn.microsoft.com/graph/api/listitem-get */
export function getListItemFields(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Promise<ListItemFields> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: itemPath(drive, item, 'listItem/fields'),
    what: `read the columns of ${describeItem(item)}`,
    options,
  });
}

/** Sets columns of an item in its library. @see https://learn.microsoft.com/graph/api/listitem-update */
export function updateListItemFields(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  fields: ListItemFields,
  options: CallOptions = {},
): Promise<ListItemFields> {
  return sendForObject(client, {
    method: 'PATCH',
    contract: contracts.updateListItemFields,
    url: itemPath(drive, item, 'listItem/fields'),
    what: `set the columns of ${describeItem(item)}`,
    json: fields,
    options,
  });
}

/**
 * Returns one thumbnail of an item: `small`, `medium`, `large`, or a custom size, `c400x300` (fits) and
 * `c400x300_crop` (fills). @see https://learn.microsoft.com/graph/api/driveitem-list-thumbnails
 * @throws GraphError `not-found` for a file without thumbnails.
 */
export function getThumbnail(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  size: string,
  options: CallOptions = {},
): Promise<Thumbnail> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: itemPath(drive, item, `thumbnails/0/${encodeSegment(size)}`),
    what: `find the ${size} thumbnail of ${describeItem(item)}`,
    options,
  });
}
