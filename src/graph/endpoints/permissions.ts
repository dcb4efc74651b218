/** Sharing links and permissions. */
import type { GraphClient } from '../client.ts';
import type { DriveRef, ItemRef } from '../item-ref.ts';
import { describeItem } from '../item-ref-forms.ts';
import { type Paged, pagedCall } from '../page.ts';
import { itemPath } from '../path.ts';
import { type CallOptions, sendForNothing, sendForObject } from '../send.ts';
import type { CollectionPage, CreateLinkRequest, Permission } from '../types/index.ts';

/**
 * A sharing link: a new one, or the one of the same kind that this application made before.
 * @see https://learn.microsoft.com/graph/api/driveitem-createlink
 * @throws GraphError `access-denied` or `invalid-request` where the account or its organisation does not allow it.
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
    url: itemPath(drive, item, 'createLink'),
    what: `make a sharing link to ${describeItem(item)}`,
    json: request,
    options,
  });
}

/** Who may reach an item. @see https://learn.microsoft.com/graph/api/driveitem-list-permissions */
export function listPermissions(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  options: CallOptions = {},
): Paged<Permission, CollectionPage<Permission>> {
  return pagedCall(client, {
    method: 'GET',
    url: itemPath(drive, item, 'permissions'),
    what: `list the permissions of ${describeItem(item)}`,
    options,
  });
}

/** Takes a permission or a link away. @see https://learn.microsoft.com/graph/api/permission-delete */
export function deletePermission(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  permissionId: string,
  options: CallOptions = {},
): Promise<void> {
  return sendForNothing(client, {
    method: 'DELETE',
    url: itemPath(drive, item, `permissions/${encodeURIComponent(permissionId)}`),
    what: `take a permission of ${describeItem(item)} away`,
    options,
  });
}

/** Who gets what. */
export interface InviteRequest {
  readonly recipients: readonly {
    readonly email?: string;
    readonly objectId?: string;
    readonly alias?: string;
  }[];
  /** `read` or `write`. */
  readonly roles: readonly string[];
  readonly requireSignIn: boolean;
  readonly sendInvitation: boolean;
  readonly message?: string;
  /** Personal drives only. */
  readonly password?: string;
  /** ISO 8601, UTC. */
  readonly expirationDateTime?: string;
}

/** Shares an item with people. @see https://learn.microsoft.com/graph/api/driveitem-invite */
export async function invite(
  client: GraphClient,
  drive: DriveRef,
  item: ItemRef,
  request: InviteRequest,
  options: CallOptions = {},
): Promise<readonly Permission[]> {
  const { value } = await sendForObject<CollectionPage<Permission>>(client, {
    method: 'POST',
    url: itemPath(drive, item, 'invite'),
    what: `share ${describeItem(item)}`,
    json: request,
    options,
  });
  return value;
}

/** What may change of a permission: what it allows, or until when. */
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
    url: itemPath(drive, item, `permissions/${encodeURIComponent(id)}`),
    what: `change a permission of ${describeItem(item)}`,
    json: change,
    options,
  });
}
