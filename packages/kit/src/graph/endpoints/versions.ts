/** Versions of a file. */

import { repeatableDeletion } from '../../http/repeated.ts';
import type { HttpResponse } from '../../http/transport.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { type Paged, pagedCall } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, send, sendForNothing } from '../send.ts';
import type { CollectionPage, DriveItemVersion } from '../types/index.ts';

/**
 * Lists the versions of a file, newest first. @see
 * https://learn.microsoft.com/graph/api/driveitem-list-versions
 */
export function listVersions(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Paged<DriveItemVersion, CollectionPage<DriveItemVersion>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: itemPath(drive, item, 'versions'),
    what: `list the versions of ${describeItem(item)}`,
    options,
  });
}

const one = (drive: DriveRef, item: ItemRef, id: string, sub = '') =>
  itemPath(drive, item, `versions/${encodeURIComponent(id)}${sub}`);

/**
 * Returns the location of a version's content; on some drives also that of the current version. The redirect
 * is returned, not followed: its address is a secret.
 * @see https://learn.microsoft.com/graph/api/driveitemversion-get-contents
 */
export function getVersionContent(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  versionId: string,
  options: CallOptions = {},
): Promise<HttpResponse> {
  return send(client, {
    method: 'GET',
    contract: contracts.getVersionContent,
    url: one(drive, item, versionId, '/content'),
    what: `read version ${versionId} of ${describeItem(item)}`,
    options,
  });
}

/**
 * Makes an earlier version the current one. @see
 * https://learn.microsoft.com/graph/api/driveitemversion-restore
 */
export function restoreVersion(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  versionId: string,
  options: CallOptions = {},
): Promise<void> {
  return sendForNothing(client, {
    method: 'POST',
    contract: contracts.restoreVersion,
    url: one(drive, item, versionId, '/restoreVersion'),
    what: `restore version ${versionId} of ${describeItem(item)}`,
    options,
  });
}

/**
 * Deletes an earlier version permanently. @see https://learn.microsoft.com/graph/api/driveitemversion-delete
 */
export function deleteVersion(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  versionId: string,
  options: CallOptions = {},
): Promise<void> {
  return repeatableDeletion((attempts) =>
    sendForNothing(client, {
      method: 'DELETE',
      contract: contracts.deleteVersion,
      url: one(drive, item, versionId),
      what: `delete version ${versionId} of ${describeItem(item)}`,
      attempts,
      options,
    }),
  );
}
