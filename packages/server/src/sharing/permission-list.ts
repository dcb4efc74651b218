/** The permissions that a caller is shown: https://learn.microsoft.com/graph/api/driveitem-list-permissions */

import { asking } from '../core/guard.ts';
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

/** A permission and the item, this one or a folder above, that it was given on. */
interface Found {
  readonly permission: PermissionRecord;
  readonly on: ItemRecord;
}

/** Those on the item first, then those from above, as far as they reach. */
function reaching(records: Records, item: ItemRecord): readonly Found[] {
  const found: Found[] = [];
  for (const step of [...ancestors(records, item), item].reverse()) {
    found.push(...permissionsOf(records, step.key).map((permission) => ({ permission, on: step })));
    if (step.data.ownPermissions === true) break;
  }
  return found;
}

/** The owner, and whoever may write, sees all; others see what is for them. */
export function visible(records: Records, context: DriveContext, item: ItemRecord): readonly Found[] {
  const now = context.world.clock.now();
  const living = reaching(records, item).filter(
    ({ permission: { expires } }) => expires === undefined || expires > now,
  );
  return mayShare(records, context, item)
    ? living
    : living.filter(({ permission }) => isFor(permission, asking(context)));
}

/** May the caller share the item with others? */
export const mayShare = (records: Records, context: DriveContext, item: ItemRecord): boolean =>
  reaches(levelOn(records, context.drive, item, asking(context)), 'write');

/** A permission as the caller is shown it. Business drives do not say where one comes from. */
export function shownPermission(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  { permission, on: from }: Found,
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

/** All that the caller may see, the owner's first. */
export function permissionList(records: Records, context: DriveContext, item: ItemRecord): readonly Json[] {
  const shown = visible(records, context, item).map((found) =>
    shownPermission(records, context, item, found),
  );
  const owner = mayShare(records, context, item) ? [ownerPermissionJson(records, context.drive)] : [];
  return [...owner, ...shown];
}
