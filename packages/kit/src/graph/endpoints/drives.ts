/** Drives and the signed-in user. */
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import type { DriveRef } from '../item-ref.ts';
import { type Paged, pagedCall } from '../page.ts';
import { drivePath } from '../path.ts';
import { type CallOptions, sendForObject } from '../send.ts';
import type { CollectionPage, Drive, User } from '../types/index.ts';

/** Which properties to return. */
export interface SelectOptions extends CallOptions {
  /** `$select`, as names separated by commas. */
  readonly select?: string | undefined;
}

/**
 * Returns a drive with its quota. @see https://learn.microsoft.com/graph/api/drive-get
 * @throws GraphError `not-found` if the user has no drive.
 */
export function getDrive(client: GraphClient, drive: DriveRef, options: SelectOptions = {}): Promise<Drive> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: drivePath(drive),
    what: 'read the drive',
    query: { $select: options.select },
    options,
  });
}

/** Lists the drives of the signed-in user. @see https://learn.microsoft.com/graph/api/drive-list */
export function listDrives(
  client: GraphClient,
  options: SelectOptions = {},
): Paged<Drive, CollectionPage<Drive>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: '/me/drives',
    what: 'list the drives',
    query: { $select: options.select },
    options,
  });
}

/** Returns the signed-in user. @see https://learn.microsoft.com/graph/api/user-get */
export function getMe(client: GraphClient, options: SelectOptions = {}): Promise<User> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: '/me',
    what: 'read who is signed in',
    query: { $select: options.select },
    options,
  });
}
