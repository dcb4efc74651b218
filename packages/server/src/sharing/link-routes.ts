/** Sharing links: https://learn.microsoft.com/graph/api/driveitem-createlink */
import { json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { invalidRequest, notSupported } from '../core/service-error.ts';
import type { DriveRoute, ItemContext } from '../files/drives/drive-route.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { findItem } from '../files/items/resolve.ts';
import { accounts } from '../people/account-record.ts';
import type { Records } from '../storage/storage.ts';
import { hasEnded } from './access.ts';
import { secretName } from './links.ts';
import { permissionJson } from './permission-json.ts';
import { type PermissionRecord, permissionsOf } from './permission-record.ts';
import { accountByMail, putPermission, touchSharing } from './permissions.ts';
import { checkMessage, keepsInherited, readExpiry, readPassword, readRecipients } from './sharing-body.ts';

type Link = NonNullable<PermissionRecord['link']>;
type Body = Readonly<Record<string, unknown>>;

export const linkRoutes: readonly DriveRoute[] = [
  {
    method: 'POST',
    on: 'item',
    tail: 'createLink',
    writes: true,
    ignoresCheckout: true,
    source: 'https://learn.microsoft.com/graph/api/driveitem-createlink',
    handle: createLink,
  },
];

interface LinkRequest {
  readonly type: Link['type'];
  readonly scope: Link['scope'];
  readonly password: string | undefined;
  readonly expires: number | undefined;
  readonly recipients: readonly { readonly email?: string; readonly id?: string }[];
}

async function createLink(context: ItemContext): Promise<ServerResponse> {
  const { world, drive } = context;
  const body = await readEntity(context.request);
  const requested = readWanted(context, body);
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    if (requested.type === 'embed' && item.data.kind !== 'file' && !embedsFolder(context, item))
      throw invalidRequest('Only files can be embedded.', 'notSupported');
    if (!keepsInherited(body)) touchSharing(records, item, { ownPermissions: true });
    const existing = permissionsOf(records, item.key).find((one) => isSame(one, requested, context));
    const permission = existing ?? add(records, context, item, requested);
    const context_ = `${context.links.base}/$metadata#permission`;
    const view = { people: (id: string) => accounts.get(records, id) };
    const permissionView = permissionJson(permission, drive, item, context.links, view);
    return json(existing === undefined ? 201 : 200, { '@odata.context': context_, ...permissionView });
  });
}

/** Applies the quirk `embed-folders`. */
const embedsFolder = ({ world }: ItemContext, item: ItemRecord): boolean =>
  world.settings.quirks.includes('embed-folders') && item.data.kind === 'folder';

/** @throws ServiceError 400 for options that this kind of drive does not support. */
function readWanted(context: ItemContext, body: Body): LinkRequest {
  checkMessage(body);
  const personal = context.drive.kind === 'personal';
  const { recipients } = body;
  // According to OpenAPI the value may be null, without a default: null gives the most restricted link.
  const type = body['type'] === null ? 'view' : body['type'];
  if (type !== 'view' && type !== 'edit' && type !== 'embed')
    throw invalidRequest('The property type must be view, edit or embed.', 'invalidParameterFormat');
  if (type === 'embed' && !personal)
    throw notSupported('Embed links are available on OneDrive Personal only.', 400);
  return {
    type,
    scope: readScope(body, personal),
    password: readPassword(context, body),
    expires: readExpiry(context, body),
    recipients: Array.isArray(recipients) && recipients.length > 0 ? readRecipients(body) : [],
  };
}

function readScope({ scope }: Body, personal: boolean): Link['scope'] {
  const requested = scope === undefined || scope === null || scope === '' ? 'anonymous' : scope;
  if (requested !== 'anonymous' && requested !== 'organization' && requested !== 'users')
    throw invalidRequest(
      'The property scope must be anonymous, organization or users.',
      'invalidParameterFormat',
    );
  if (requested !== 'anonymous' && personal)
    throw notSupported(`OneDrive Personal has no ${requested} links.`, 400);
  return requested;
}

/** If the same application has already created such a link, it is returned again. */
function isSame(existing: PermissionRecord, requested: LinkRequest, context: ItemContext): boolean {
  return (
    existing.link?.type === requested.type &&
    existing.link.scope === requested.scope &&
    existing.clientId === context.caller.clientId &&
    existing.password === requested.password &&
    existing.expires === requested.expires &&
    requested.recipients.length === 0 &&
    !hasEnded(existing, context.world.clock.now())
  );
}

function add(
  records: Records,
  context: ItemContext,
  item: ItemRecord,
  requested: LinkRequest,
): PermissionRecord {
  const people = requested.recipients.flatMap(
    ({ email, id }) => id ?? accountByMail(records, email ?? '')?.id ?? [],
  );
  return putPermission(records, {
    id: secretName(context.world),
    drive: context.drive.id,
    item: item.key,
    roles: [requested.type === 'edit' ? 'write' : 'read'],
    link: { type: requested.type, scope: requested.scope, token: secretName(context.world) },
    clientId: context.caller.clientId,
    created: context.world.clock.now(),
    invitedBy: context.caller.account.id,
    ...(people.length === 0 ? {} : { people }),
    password: requested.password,
    expires: requested.expires,
  });
}
