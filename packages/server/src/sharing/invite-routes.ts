/** Sharing with people: https://learn.microsoft.com/graph/api/driveitem-invite, …/permission-grant */
import { json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { invalidRequest, itemNotFound } from '../core/service-error.ts';
import { type DriveRoute, type ItemContext, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { placeOf } from '../files/items/place.ts';
import { findItem } from '../files/items/resolve.ts';
import { accounts } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import { secretName } from './links.ts';
import { shownPermission } from './permission-list.ts';
import { type PermissionRecord, permissionsOf } from './permission-record.ts';
import { accountByMail, putPermission, touchSharing } from './permissions.ts';
import {
  checkMessage,
  keepsInherited,
  readExpiry,
  readPassword,
  readRecipients,
  readRoles,
} from './sharing-body.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const post = { on: 'item', method: 'POST', writes: true, ignoresCheckout: true } as const;

export const inviteRoutes: readonly DriveRoute[] = [
  {
    ...post,
    tail: 'invite',
    source: `${docs}/driveitem-invite`,
    lacks: 'No mail is sent.',
    handle: invite,
  },
  { ...post, tail: 'permissions/{permission}/grant', source: `${docs}/permission-grant`, handle: grant },
  { ...post, tail: 'permission/grant', source: `${docs}/permission-grant`, handle: grant },
];

type Recipient = ReturnType<typeof readRecipients>[number];

async function invite(context: ItemContext): Promise<ServerResponse> {
  const { world, drive } = context;
  const body = await readEntity(context.request);
  checkMessage(body);
  const roles = readRoles(context, body);
  const recipients = readRecipients(body);
  const terms = { expires: readExpiry(context, body), password: readPassword(context, body) };
  if (body['requireSignIn'] === false && body['sendInvitation'] === false)
    throw invalidRequest('One of requireSignIn and sendInvitation must be true.', 'invalidParameterFormat');
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    if (item.parent === 0 && drive.kind === 'personal')
      throw invalidRequest('The root of a personal drive cannot be shared.', 'sharingFailed');
    if (!keepsInherited(body)) touchSharing(records, item, { ownPermissions: true });
    const permissions = recipients.map((recipient) =>
      grantTo(records, context, item, {
        ...terms,
        roles,
        recipient,
        signInRequired: body['requireSignIn'] !== false,
      }),
    );
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#Collection(permission)`,
      value: permissions.map((permission) =>
        shownPermission(records, context, item, { permission, on: item }),
      ),
    });
  });
}

interface NewPermission {
  readonly recipient: Recipient;
  readonly roles: readonly string[];
  readonly signInRequired: boolean;
  readonly expires: number | undefined;
  readonly password: string | undefined;
}

/** A recipient who already has a permission on the item gets the new roles instead of a second permission. */
function grantTo(
  records: Records,
  context: ItemContext,
  item: ItemRecord,
  newPermission: NewPermission,
): PermissionRecord {
  const { recipient, roles, signInRequired, expires, password } = newPermission;
  const account =
    recipient.id === undefined
      ? accountByMail(records, recipient.email ?? '')
      : accounts.get(records, recipient.id.toLowerCase());
  if (account === undefined && recipient.email === undefined)
    throw invalidRequest('A recipient could not be resolved.', 'sharingFailed');
  const email = recipient.email ?? accounts.get(records, account?.id ?? '')?.mail ?? '';
  const same = permissionsOf(records, item.key).find(
    ({ invitation }) =>
      invitation !== undefined &&
      (invitation.email.toLowerCase() === email.toLowerCase() ||
        (account !== undefined && invitation.id === account.id)),
  );
  return putPermission(records, {
    id: same?.id ?? secretName(context.world),
    drive: context.drive.id,
    item: item.key,
    roles,
    invitation: { email, signInRequired, id: account?.id, displayName: account?.displayName ?? email },
    invitedBy: context.caller.account.id,
    created: context.world.clock.now(),
    clientId: context.caller.clientId,
    expires,
    password,
    ...linkOfInvitation(context, roles, same),
  });
}

/** Applies the quirk `invite-with-link`. The link works for the invited users only. */
function linkOfInvitation(
  { world, drive }: ItemContext,
  roles: readonly string[],
  same: PermissionRecord | undefined,
): Pick<PermissionRecord, 'link'> {
  if (drive.kind !== 'personal' || !world.settings.quirks.includes('invite-with-link')) return {};
  const type = roles.includes('write') ? 'edit' : 'view';
  return { link: { type, scope: 'users', token: same?.link?.token ?? secretName(world) } };
}

/** Gives users access through an existing link. */
async function grant(context: ItemContext): Promise<ServerResponse> {
  const { world, drive } = context;
  const body = await readEntity(context.request);
  const recipients = readRecipients(body);
  if (body['roles'] !== undefined) readRoles(context, body);
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    if (param(context, 'permission') === '' && context.share !== undefined && !context.share.permission)
      return grantExisting(records, context, item, { body, recipients });
    const permission = linkOf(records, context, item);
    const people = recipients.flatMap(({ email, id }) => id ?? accountByMail(records, email ?? '')?.id ?? []);
    const changed = putPermission(records, {
      ...permission,
      people: [...new Set([...(permission.people ?? []), ...people])],
    });
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#Collection(permission)`,
      value: [shownPermission(records, context, item, { permission: changed, on: item })],
    });
  });
}

/**
 * The address is that of the item itself and not of a sharing link: the recipients get access to the item, and the response
 * contains that address as a link for existing access. https://learn.microsoft.com/graph/api/permission-grant
 */
function grantExisting(
  records: Records,
  context: ItemContext,
  item: ItemRecord,
  { body, recipients }: { readonly body: Json; readonly recipients: readonly Recipient[] },
): ServerResponse {
  const roles = body['roles'] === undefined ? ['read'] : readRoles(context, body);
  const terms = { roles, signInRequired: true, expires: undefined, password: undefined };
  const [first] = recipients.map((recipient) => grantTo(records, context, item, { ...terms, recipient }));
  if (first === undefined) throw itemNotFound();
  const { drive, links } = context;
  const shown = shownPermission(records, context, item, { permission: first, on: item });
  const path = item.parent === 0 ? [] : [...placeOf(records, drive, item).path, item.name];
  const link = {
    scope: 'existingAccess',
    type: roles.includes('read') ? 'view' : 'edit',
    webUrl: links.web(drive, item, path),
  };
  return json(200, {
    '@odata.context': `${links.base}/$metadata#Collection(permission)`,
    value: [{ ...shown, id: '00000000-0000-0000-0000-000000000000', link }],
  });
}

/** @throws ServiceError 404 if the link does not exist. */
function linkOf(records: Records, context: ItemContext, item: ItemRecord): PermissionRecord {
  const id = param(context, 'permission');
  const found =
    id === ''
      ? context.share?.permission
      : permissionsOf(records, item.key).find((permission) => permission.id === id);
  if (found?.link === undefined) throw itemNotFound('The sharing link could not be found.');
  return found;
}
