/** The permissions that a caller can see: https://learn.microsoft.com/graph/api/driveitem-list-permissions */

import { accessContext } from '../core/guard.ts';
import type { DriveContext } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { placeOf } from '../files/items/place.ts';
import { ancestors } from '../files/items/tree.ts';
import { accounts } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import { isFor, levelOn, reaches } from './access.ts';
import { ownerPermissionJson, permissionJson } from './permission-json.ts';
import { type PermissionRecord, permissionsOf } from './permission-record.ts';

/** A permission, and the item that has it: this item or a folder above it. */
interface PlacedPermission {
  readonly permission: PermissionRecord;
  readonly on: ItemRecord;
}

/** Permissions of the item first, then the inherited ones. */
function effectivePermissions(records: Records, item: ItemRecord): readonly PlacedPermission[] {
  const permissions: PlacedPermission[] = [];
  for (const step of [...ancestors(records, item), item].reverse()) {
    permissions.push(...permissionsOf(records, step.key).map((permission) => ({ permission, on: step })));
    if (step.data.ownPermissions === true) break;
  }
  return permissions;
}

/** The owner and callers who can write see all permissions; others see only those that apply to them. */
export function visiblePermissions(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
): readonly PlacedPermission[] {
  const now = context.world.clock.now();
  const living = effectivePermissions(records, item).filter(
    ({ permission: { expires } }) => expires === undefined || expires > now,
  );
  return mayShare(records, context, item)
    ? living
    : living.filter(({ permission }) => isFor(permission, accessContext(context)));
}

/** Whether the caller may share the item with others. */
export const mayShare = (records: Records, context: DriveContext, item: ItemRecord): boolean =>
  reaches(levelOn(records, context.drive, item, accessContext(context)), 'write');

/** The JSON view of a permission for the caller. Business drives do not return the folder that it is inherited from. */
export function shownPermission(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  { permission, on: from }: PlacedPermission,
): Json {
  const inherited = from.key !== item.key && context.drive.kind === 'personal';
  const place = placeOf(records, context.drive, from);
  const reference = {
    driveId: context.drive.id,
    id: from.id,
    path: `/drives/${context.drive.id}/root:${[...place.path, ...(from.parent === 0 ? [] : [from.name])].map((name) => `/${name}`).join('')}`,
  };
  return permissionJson(permission, context.drive, from, context.links, {
    secrets: mayShare(records, context, item),
    people: (id) => accounts.get(records, id),
    inheritedFrom: inherited ? reference : undefined,
  });
}

/** All permissions that the caller may see, the owner's first. */
export function permissionList(records: Records, context: DriveContext, item: ItemRecord): readonly Json[] {
  const shown = visiblePermissions(records, context, item).map((permission) =>
    shownPermission(records, context, item, permission),
  );
  const owner = mayShare(records, context, item) ? [ownerPermissionJson(records, context.drive)] : [];
  return [...owner, ...shown];
}
