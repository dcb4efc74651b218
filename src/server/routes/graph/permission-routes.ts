/** Listing, changing and taking permissions: https://learn.microsoft.com/graph/api/driveitem-list-permissions */
import { empty, json } from '../../answers.ts';
import { readJsonObject } from '../../body.ts';
import { selectProperties } from '../../domain/select.ts';
import { isFor, levelOn, reaches } from '../../items/access.ts';
import type { Json } from '../../items/item-json.ts';
import { ownerPermissionJson, permissionJson } from '../../items/permission-json.ts';
import { dropPermission, putPermission } from '../../items/permissions.ts';
import { findItem } from '../../items/resolve.ts';
import { ancestors } from '../../items/tree.ts';
import { accessDenied, invalidRequest, itemNotFound, notSupported } from '../../service-error.ts';
import { accounts } from '../../storage/records/account-record.ts';
import type { ItemRecord } from '../../storage/records/item-record.ts';
import { type PermissionRecord, permissionsOf } from '../../storage/records/permission-record.ts';
import type { Records } from '../../storage/storage.ts';
import { placeOf } from './answer-items.ts';
import { checkMatch } from './change-routes.ts';
import { type DriveRoute, type ItemContext, param } from './drive-route.ts';
import { asking } from './guard.ts';
import { isUnchanged } from './read-routes.ts';
import { readExpiry, readRoles } from './sharing-body.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const on = { on: 'item', ignoresCheckout: true } as const;

export const permissionRoutes: readonly DriveRoute[] = [
  {
    ...on,
    method: 'GET',
    tail: 'permissions',
    writes: false,
    source: `${docs}/driveitem-list-permissions`,
    handle: listPermissions,
  },
  {
    ...on,
    method: 'GET',
    tail: 'permissions/{permission}',
    writes: false,
    source: `${docs}/permission-get`,
    handle: getPermission,
  },
  {
    ...on,
    method: 'PATCH',
    tail: 'permissions/{permission}',
    writes: true,
    source: `${docs}/permission-update`,
    handle: patchPermission,
  },
  {
    ...on,
    method: 'DELETE',
    tail: 'permissions/{permission}',
    writes: true,
    needs: 'read',
    source: `${docs}/permission-delete`,
    handle: deletePermission,
  },
];

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
function visible(records: Records, context: ItemContext, item: ItemRecord): readonly Found[] {
  const now = context.world.clock.now();
  const living = reaching(records, item).filter(
    ({ permission: { expires } }) => expires === undefined || expires > now,
  );
  return mayShare(records, context, item)
    ? living
    : living.filter(({ permission }) => isFor(permission, asking(context)));
}

const mayShare = (records: Records, context: ItemContext, item: ItemRecord): boolean =>
  reaches(levelOn(records, context.drive, item, asking(context)), 'write');

/** A permission as the caller is shown it. Business drives do not say where one comes from. */
export function shownPermission(
  records: Records,
  context: ItemContext,
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

async function listPermissions(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    if (isUnchanged(context, item)) return empty(304);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#permissions`,
      value: permissionList(records, context, item).map((one) =>
        selectProperties(one, context.options.select),
      ),
    });
  });
}

/** All that the caller may see, the owner's first. */
export function permissionList(records: Records, context: ItemContext, item: ItemRecord): readonly Json[] {
  const shown = visible(records, context, item).map((found) =>
    shownPermission(records, context, item, found),
  );
  const owner = mayShare(records, context, item) ? [ownerPermissionJson(records, context.drive)] : [];
  return [...owner, ...shown];
}

async function getPermission(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    const id = param(context, 'permission');
    const found = permissionList(records, context, item).find((one) => one['id'] === id);
    if (found === undefined) throw itemNotFound('The permission could not be found.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#permissions/$entity`,
      ...selectProperties(found, context.options.select),
    });
  });
}

/** @throws ServiceError 404, 403 for the owner's, 400 for one that comes from above. */
function ownPermission(records: Records, context: ItemContext, item: ItemRecord): PermissionRecord {
  const id = param(context, 'permission');
  if (id === 'owner' || id === 'owners') throw accessDenied("The owner's permission cannot be changed.");
  const found = visible(records, context, item).find(({ permission }) => permission.id === id);
  if (found === undefined) throw itemNotFound('The permission could not be found.');
  if (found.on.key !== item.key)
    throw invalidRequest('The permission is inherited; change it on the folder that it comes from.');
  return found.permission;
}

async function patchPermission(context: ItemContext) {
  const body = await readJsonObject(context.request);
  return context.world.storage.write((records) => {
    const item = findItem(records, context.drive, context.selector);
    checkMatch(context, item);
    const permission = ownPermission(records, context, item);
    const changed = putPermission(records, { ...permission, ...readChange(context, permission, body) });
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#permissions/$entity`,
      ...shownPermission(records, context, item, { permission: changed, on: item }),
    });
  });
}

/** People's permissions have roles that change; anonymous links an end. https://learn.microsoft.com/graph/api/permission-update */
function readChange(
  context: ItemContext,
  { link }: PermissionRecord,
  body: Readonly<Record<string, unknown>>,
): Partial<PermissionRecord> {
  const roles = body['roles'] === undefined ? {} : { roles: readRoles(context, body) };
  const ends = body['expirationDateTime'] === undefined ? {} : { expires: readExpiry(context, body) };
  if (link !== undefined && 'roles' in roles && context.drive.kind !== 'personal')
    throw notSupported('The roles of a sharing link cannot be changed; make another link.', 400);
  if (link !== undefined && link.scope !== 'anonymous' && 'expires' in ends)
    throw notSupported('Only anonymous links and permissions of people can be given an end.', 400);
  return { ...roles, ...ends };
}

async function deletePermission(context: ItemContext) {
  context.world.storage.write((records) => {
    const item = findItem(records, context.drive, context.selector);
    checkMatch(context, item);
    const permission = ownPermission(records, context, item);
    if (!mayShare(records, context, item) && !isFor(permission, asking(context))) throw accessDenied();
    dropPermission(records, permission);
  });
  return empty(204);
}
