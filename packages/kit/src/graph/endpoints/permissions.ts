/** Sharing links and permissions. */

import { repeatableDeletion } from '../../http/repeated.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { type Paged, pagedCall } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, sendForNothing, sendForObject } from '../send.ts';
import type { CollectionPage, CreateLinkRequest, Permission } from '../types/index.ts';

/**
 * Creates a sharing link, or returns the one of the same kind that this application created before.
 * @see https://learn.microsoft.com/graph/api/driveitem-createlink
 * @throws GraphError `access-denied` or `invalid-request` if the account or its organization does not allow
 * it.
 */
export function createLink(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  request: CreateLinkRequest,
  options: CallOptions = {},
): Promise<Permission> {
  return sendForObject(client, {
    method: 'POST',
    contract: contracts.createLink,
    url: itemPath(drive, item, 'createLink'),
    what: `create a sharing link to ${describeItem(item)}`,
    json: request,
    // The service returns an existing link of the same kind by this application.
    idempotent: true,
    options,
  });
}

/** Lists who can access an item. @see https://learn.microsoft.com/graph/api/driveitem-list-permissions */
export function listPermissions(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Paged<Permission, CollectionPage<Permission>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: itemPath(drive, item, 'permissions'),
    what: `list the permissions of ${describeItem(item)}`,
    options,
  });
}

/** Removes a permission or a link. @see https://learn.microsoft.com/graph/api/permission-delete */
export function deletePermission(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  permissionId: string,
  options: CallOptions = {},
): Promise<void> {
  return repeatableDeletion((attempts) =>
    sendForNothing(client, {
      method: 'DELETE',
      contract: contracts.deletePermission,
      url: itemPath(drive, item, `permissions/${encodeURIComponent(permissionId)}`),
      what: `delete a permission of ${describeItem(item)}`,
      attempts,
      options,
    }),
  );
}

/** The properties of a permission that can change. */
export interface PermissionChange {
  readonly id: string;
  /** `read` or `write`. */
  readonly roles?: readonly string[];
  /** ISO 8601, UTC. */
  readonly expirationDateTime?: string;
}

/** Changes a permission. @see https://learn.microsoft.com/graph/api/permission-update */
export function updatePermission(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  { id, ...change }: PermissionChange,
  options: CallOptions = {},
): Promise<Permission> {
  return sendForObject(client, {
    method: 'PATCH',
    contract: contracts.updatePermission,
    url: itemPath(drive, item, `permissions/${encodeURIComponent(id)}`),
    what: `change a permission of ${describeItem(item)}`,
    json: change,
    options,
  });
}
