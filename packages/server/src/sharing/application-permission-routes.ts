/**
 * Permissions of applications on an item. Only these are created this way: users are invited.
 * https://learn.microsoft.com/graph/api/driveitem-post-permissions
 */
import { json } from '../core/answers.ts';
import { isObject, readEntity } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { invalidRequest, notSupported } from '../core/service-error.ts';
import type { DriveRoute, ItemContext } from '../files/drives/drive-route.ts';
import { findItem } from '../files/items/resolve.ts';
import { secretName } from './links.ts';
import { shownPermission } from './permission-list.ts';
import type { PermissionRecord } from './permission-record.ts';
import { putPermission } from './permissions.ts';
import { readRoles } from './sharing-body.ts';

export const applicationPermissionRoutes: readonly DriveRoute[] = [
  {
    on: 'item',
    method: 'POST',
    tail: 'permissions',
    writes: true,
    ignoresCheckout: true,
    source: 'https://learn.microsoft.com/graph/api/driveitem-post-permissions',
    lacks: 'An application with its own token can access every file, regardless of its permissions.',
    handle: postPermission,
  },
];

/** @throws ServiceError 400 on personal drives, and for a body whose recipient is not an application. */
async function postPermission(context: ItemContext): Promise<ServerResponse> {
  const { world, drive, caller } = context;
  const body = await readEntity(context.request);
  if (drive.kind === 'personal')
    throw notSupported('Permissions of applications are not available on OneDrive Personal.', 400);
  const application = readApplication(body);
  const roles = readRoles(context, body);
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    const permission = putPermission(records, {
      id: secretName(world),
      drive: drive.id,
      item: item.key,
      roles,
      application,
      invitedBy: caller.account.id,
      created: world.clock.now(),
      clientId: caller.clientId,
    });
    return json(201, {
      '@odata.context': `${context.links.base}/$metadata#permissions/$entity`,
      ...shownPermission(records, context, item, { permission, on: item }),
    });
  });
}

function readApplication(
  body: Readonly<Record<string, unknown>>,
): NonNullable<PermissionRecord['application']> {
  const { grantedToV2: to } = body;
  const application = isObject(to) ? to['application'] : undefined;
  const { id, displayName = '' } = isObject(application) ? application : {};
  if (typeof id !== 'string' || id === '' || typeof displayName !== 'string')
    throw invalidRequest(
      'The property grantedToV2 must name an application by its id; to share with people, use invite.',
      'invalidParameterFormat',
    );
  return { id, displayName };
}
