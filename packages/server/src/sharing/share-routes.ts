/** Routes of shares, addressed by a share token: https://learn.microsoft.com/graph/api/shares-get */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import { guardItem } from '../core/guard.ts';
import type { ServerResponse } from '../core/http.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest, itemNotFound, ServiceError } from '../core/service-error.ts';
import {
  type DriveRoute,
  type GraphContext,
  type GraphRoute,
  type ItemContext,
  param,
} from '../files/drives/drive-route.ts';
import { placeOf } from '../files/items/answer-items.ts';
import { itemJson } from '../files/items/item-json.ts';
import { findItem } from '../files/items/resolve.ts';
import { accounts } from '../people/account-record.ts';
import { shownPermission } from './permission-list.ts';
import { redeem } from './permissions.ts';
import { findShare } from './shares.ts';

const source = 'https://learn.microsoft.com/graph/api/shares-get';

/** The permission of the share in the address. */
export const shareItemRoutes: readonly DriveRoute[] = [
  { method: 'GET', on: 'item', tail: 'permission', writes: false, source, handle: getPermission },
  {
    method: 'POST',
    on: 'item',
    tail: 'validatePermission',
    writes: false,
    asksPassword: true,
    source: 'Microsoft Graph v1.0 OpenAPI, action driveItem: validatePermission',
    handle: validatePermission,
  },
];

/** After a correct password, the caller can use the link in the address. @throws ServiceError 400, 403. */
async function validatePermission(context: ItemContext): Promise<ServerResponse> {
  const { password } = await readEntity(context.request);
  const permission = context.share?.permission;
  if (permission?.password === undefined)
    throw invalidRequest('The address does not contain a sharing link with a password.');
  if (password !== permission.password)
    throw new ServiceError(403, 'accessDenied', 'The password of the sharing link is wrong.', {
      inner: ['invalidPassword'],
    });
  const { account } = context.caller;
  context.world.storage.write((records) => redeem(records, permission, account.id));
  return empty(204);
}

export const shareRoutes: readonly GraphRoute[] = [
  { method: 'GET', path: 'shares/{token}', writes: false, access: 'files', source, handle: getShare },
];

async function getPermission(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const item = findItem(records, context.drive, context.selector);
    const permission = context.share?.permission;
    if (permission === undefined) throw itemNotFound('The permission could not be found.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#permission`,
      ...shownPermission(records, context, item, { permission, on: item }),
    });
  });
}

/** `{id, name, owner}`, with the item if `$expand=driveItem` (or `root`) requests it. */
async function getShare(context: GraphContext): Promise<ServerResponse> {
  const token = param(context, 'token');
  const { storage, clock } = context.world;
  const share = storage.read((records) => findShare(records, token, clock.now()));
  const selector = { start: { by: 'share', token }, path: [] } as const;
  const [route] = shareItemRoutes;
  if (route !== undefined) guardItem({ ...context, share }, share.drive, selector, route);
  return storage.read((records) => {
    const { drive, item } = share;
    const owner = accounts.get(records, drive.ownerId);
    const body = {
      id: share.permission?.link?.token ?? token,
      name: item.name,
      owner: { user: { id: drive.ownerId, displayName: owner?.displayName ?? '' } },
      webUrl: context.links.web(
        drive,
        item,
        item.parent === 0 ? [] : [...placeOf(records, drive, item).path, item.name],
      ),
    };
    const expanded = context.options.expand
      .filter(({ name }) => name === 'driveItem' || name === 'root')
      .map(({ name, options }) => [
        name,
        selectProperties(itemJson(item, placeOf(records, drive, item), context.links), options.select),
      ]);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#shares/$entity`,
      ...selectProperties(body, context.options.select),
      ...Object.fromEntries(expanded),
    });
  });
}
