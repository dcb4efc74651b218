/** Lists, changes and deletes permissions: https://learn.microsoft.com/graph/api/driveitem-list-permissions */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import { accessContext } from '../core/guard.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { selectProperties } from '../core/odata/select.ts';
import { accessDenied, invalidRequest, itemNotFound, notSupported } from '../core/service-error.ts';
import { type DriveRoute, type ItemContext, param } from '../files/drives/drive-route.ts';
import { checkMatch } from '../files/items/change-routes.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { isUnchanged } from '../files/items/read-routes.ts';
import { findItem } from '../files/items/resolve.ts';
import type { Records } from '../storage/storage.ts';
import { isFor } from './access.ts';
import { mayShare, permissionList, shownPermission, visiblePermissions } from './permission-list.ts';
import type { PermissionRecord } from './permission-record.ts';
import { dropPermission, putPermission } from './permissions.ts';
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

async function listPermissions(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    if (isUnchanged(context, item)) return empty(304);
    return answerCollection(context, 'permissions', permissionList(records, context, item));
  });
}

async function getPermission(context: ItemContext) {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    const id = param(context, 'permission');
    const permission = permissionList(records, context, item).find((one) => one['id'] === id);
    if (permission === undefined) throw itemNotFound('The permission could not be found.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#permissions/$entity`,
      ...selectProperties(permission, context.options.select),
    });
  });
}

/** @throws ServiceError 404; 403 for the owner's permission; 400 for an inherited one. */
function ownPermission(records: Records, context: ItemContext, item: ItemRecord): PermissionRecord {
  const id = param(context, 'permission');
  if (id === 'owner' || id === 'owners') throw accessDenied("The owner's permission cannot be changed.");
  const permission = visiblePermissions(records, context, item).find(
    ({ permission }) => permission.id === id,
  );
  if (permission === undefined) throw itemNotFound('The permission could not be found.');
  if (permission.on.key !== item.key)
    throw invalidRequest('The permission is inherited; change it on the folder that has it.');
  return permission.permission;
}

async function patchPermission(context: ItemContext) {
  const body = await readEntity(context.request);
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

/**
 * The roles of permissions of people can be changed, and the expiry of anonymous links.
 * https://learn.microsoft.com/graph/api/permission-update
 */
function readChange(
  context: ItemContext,
  { link }: PermissionRecord,
  body: Readonly<Record<string, unknown>>,
): Partial<PermissionRecord> {
  const roles = body['roles'] === undefined ? {} : { roles: readRoles(context, body) };
  const ends = body['expirationDateTime'] === undefined ? {} : { expires: readExpiry(context, body) };
  if (link !== undefined && 'roles' in roles && context.drive.kind !== 'personal')
    throw notSupported('The roles of a sharing link cannot be changed; create another link.', 400);
  if (link !== undefined && link.scope !== 'anonymous' && 'expires' in ends)
    throw notSupported('Only anonymous links and permissions of people can have an expiration time.', 400);
  return { ...roles, ...ends };
}

async function deletePermission(context: ItemContext) {
  context.world.storage.write((records) => {
    const item = findItem(records, context.drive, context.selector);
    checkMatch(context, item);
    const permission = ownPermission(records, context, item);
    if (!mayShare(records, context, item) && !isFor(permission, accessContext(context))) throw accessDenied();
    dropPermission(records, permission);
  });
  return empty(204);
}
