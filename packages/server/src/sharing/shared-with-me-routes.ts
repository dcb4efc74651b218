/**
 * Items that others shared with the caller: https://learn.microsoft.com/graph/api/drive-sharedwithme. Every entry has a
 * `remoteItem`, which is addressed on its own drive.
 */
import { json } from '../core/answers.ts';
import { selectProperties } from '../core/odata/select.ts';
import { timestamp } from '../core/timestamps.ts';
import { driveKey, drives } from '../files/drives/drive-record.ts';
import type { DriveContext, DriveRoute } from '../files/drives/drive-route.ts';
import { listBody, placeOf } from '../files/items/answer-items.ts';
import { identityJson, itemJson, type Json } from '../files/items/item-json.ts';
import { remoteParts } from '../files/items/remote-item-json.ts';
import { accounts } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import { hasEnded } from './access.ts';
import { type GrantRecord, grantsTo, type PermissionRecord, permissions } from './permission-record.ts';

export const sharedWithMeRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'drive',
    tail: 'sharedWithMe',
    writes: false,
    source: 'https://learn.microsoft.com/graph/api/drive-sharedwithme',
    handle: async (context) =>
      context.world.storage.read((records) => json(200, listBody(context, sharedWith(records, context)))),
  },
];

function sharedWith(records: Records, context: DriveContext): readonly Json[] {
  const seenKeys = new Set<number>();
  return grantsTo(records, context.caller.account.id).flatMap((grant) => {
    const permission = permissions.get(records, grant.permission);
    if (permission === undefined || seenKeys.has(grant.item)) return [];
    if (hasEnded(permission, context.world.clock.now())) return [];
    const entry = remoteEntry(records, context, grant, permission);
    if (entry === undefined) return [];
    seenKeys.add(grant.item);
    return [selectProperties(entry, context.options.select)];
  });
}

function remoteEntry(
  records: Records,
  context: DriveContext,
  grant: GrantRecord,
  permission: PermissionRecord,
): Json | undefined {
  const drive = drives.get(records, driveKey(grant.drive));
  const item = records.item(grant.item);
  if (drive === undefined || item === undefined || item.bin !== 0) return undefined;
  const full = itemJson(item, placeOf(records, drive, item), context.links);
  const owner = accounts.get(records, drive.ownerId);
  const by = accounts.get(records, permission.invitedBy ?? '') ?? owner;
  const shared = {
    scope: permission.link?.scope ?? 'users',
    sharedDateTime: timestamp(permission.created ?? item.modified, drive.kind),
    ...(owner === undefined ? {} : { owner: personJson(owner) }),
    ...(by === undefined ? {} : { sharedBy: personJson(by) }),
  };
  const { eTag, cTag, parentReference } = full;
  const parts = remoteParts(full);
  return { ...parts, eTag, cTag, remoteItem: { ...parts, parentReference, shared } };
}

const personJson = ({ id, displayName }: { readonly id: string; readonly displayName: string }): Json =>
  identityJson({ id, displayName });
