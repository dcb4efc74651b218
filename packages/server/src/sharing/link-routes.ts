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

interface Wanted {
  readonly type: Link['type'];
  readonly scope: Link['scope'];
  readonly password: string | undefined;
  readonly expires: number | undefined;
  readonly recipients: readonly { readonly email?: string; readonly id?: string }[];
}

async function createLink(context: ItemContext): Promise<ServerResponse> {
  const { world, drive } = context;
  const body = await readEntity(context.request);
  const wanted = readWanted(context, body);
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    if (wanted.type === 'embed' && item.data.kind !== 'file' && !embedsFolder(context, item))
      throw invalidRequest('Only files can be embedded.', 'notSupported');
    if (!keepsInherited(body)) touchSharing(records, item, { ownPermissions: true });
    const existing = permissionsOf(records, item.key).find((known) => isSame(known, wanted, context));
    const permission = existing ?? add(records, context, item, wanted);
    const context_ = `${context.links.base}/$metadata#permission`;
    const view = { people: (id: string) => accounts.get(records, id) };
    const told = permissionJson(permission, drive, item, context.links, view);
    return json(existing === undefined ? 201 : 200, { '@odata.context': context_, ...told });
  });
}

/** The quirk `embed-folders`. */
const embedsFolder = ({ world }: ItemContext, item: ItemRecord): boolean =>
  world.settings.quirks.includes('embed-folders') && item.data.kind === 'folder';

/** @throws ServiceError 400 for what this kind of drive does not offer. */
function readWanted(context: ItemContext, body: Body): Wanted {
  checkMessage(body);
  const personal = context.drive.kind === 'personal';
  const { recipients } = body;
  // OpenAPI lets it be null and names no default: the link that allows least.
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
  const wanted = scope === undefined || scope === null || scope === '' ? 'anonymous' : scope;
  if (wanted !== 'anonymous' && wanted !== 'organization' && wanted !== 'users')
    throw invalidRequest(
      'The property scope must be anonymous, organization or users.',
      'invalidParameterFormat',
    );
  if (wanted !== 'anonymous' && personal)
    throw notSupported(`OneDrive Personal has no ${wanted} links.`, 400);
  return wanted;
}

/** A link of the same kind, made by the same application, is handed out again. */
function isSame(known: PermissionRecord, wanted: Wanted, context: ItemContext): boolean {
  return (
    known.link?.type === wanted.type &&
    known.link.scope === wanted.scope &&
    known.clientId === context.caller.clientId &&
    known.password === wanted.password &&
    known.expires === wanted.expires &&
    wanted.recipients.length === 0 &&
    !hasEnded(known, context.world.clock.now())
  );
}

function add(records: Records, context: ItemContext, item: ItemRecord, wanted: Wanted): PermissionRecord {
  const people = wanted.recipients.flatMap(
    ({ email, id }) => id ?? accountByMail(records, email ?? '')?.id ?? [],
  );
  return putPermission(records, {
    id: secretName(context.world),
    drive: context.drive.id,
    item: item.key,
    roles: [wanted.type === 'edit' ? 'write' : 'read'],
    link: { type: wanted.type, scope: wanted.scope, token: secretName(context.world) },
    clientId: context.caller.clientId,
    created: context.world.clock.now(),
    invitedBy: context.caller.account.id,
    ...(people.length === 0 ? {} : { people }),
    password: wanted.password,
    expires: wanted.expires,
  });
}
