/** Sharing links: https://learn.microsoft.com/graph/api/driveitem-createlink */
import { json } from '../../answers.ts';
import { readJsonObject } from '../../body.ts';
import { parseTimestamp } from '../../domain/timestamps.ts';
import type { ServerResponse } from '../../http.ts';
import { secretName } from '../../items/links.ts';
import { permissionJson } from '../../items/permission-json.ts';
import { findItem } from '../../items/resolve.ts';
import { invalidRequest, notSupported } from '../../service-error.ts';
import type { ItemRecord } from '../../storage/records/item-record.ts';
import {
  linkTokens,
  type PermissionRecord,
  permissionKey,
  permissions,
  permissionsOf,
} from '../../storage/records/permission-record.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveRoute, ItemContext } from './drive-route.ts';

type Link = NonNullable<PermissionRecord['link']>;

export const linkRoutes: readonly DriveRoute[] = [
  {
    method: 'POST',
    on: 'item',
    tail: 'createLink',
    writes: true,
    source: 'https://learn.microsoft.com/graph/api/driveitem-createlink',
    handle: createLink,
  },
];

interface Wanted {
  readonly type: Link['type'];
  readonly scope: Link['scope'];
  readonly password: string | undefined;
  readonly expires: number | undefined;
}

async function createLink(context: ItemContext): Promise<ServerResponse> {
  const { world, drive } = context;
  const wanted = readWanted(context, await readJsonObject(context.request));
  return world.storage.write((records) => {
    const item = findItem(records, drive, context.selector);
    if (wanted.type === 'embed' && item.data.kind !== 'file')
      throw invalidRequest('Only files can be embedded.', 'notSupported');
    const existing = permissionsOf(records, item.key).find((known) => isSame(known, wanted, context));
    const permission = existing ?? add(records, context, item, wanted);
    const context_ = `${context.links.base}/$metadata#permission`;
    const body = { '@odata.context': context_, ...permissionJson(permission, drive, item, context.links) };
    return json(existing === undefined ? 201 : 200, body);
  });
}

/** @throws ServiceError 400 for what this kind of drive does not offer. */
function readWanted(context: ItemContext, body: Readonly<Record<string, unknown>>): Wanted {
  const personal = context.drive.kind === 'personal';
  const { type, scope, password, expirationDateTime: expires } = body;
  if (type !== 'view' && type !== 'edit' && type !== 'embed')
    throw invalidRequest('The property type must be view, edit or embed.', 'invalidParameterFormat');
  if (type === 'embed' && !personal)
    throw notSupported('Embed links are available on OneDrive Personal only.', 400);
  const wantedScope = scope === undefined || scope === null || scope === '' ? 'anonymous' : scope;
  if (wantedScope !== 'anonymous' && wantedScope !== 'organization' && wantedScope !== 'users')
    throw invalidRequest(
      'The property scope must be anonymous, organization or users.',
      'invalidParameterFormat',
    );
  if (wantedScope !== 'anonymous' && personal)
    throw notSupported(`OneDrive Personal has no ${wantedScope} links.`, 400);
  if (typeof password === 'string' && password !== '' && !personal)
    throw notSupported('Passwords are available on OneDrive Personal only.', 400);
  const time = typeof expires === 'string' && expires !== '' ? parseTimestamp(expires) : undefined;
  if (typeof expires === 'string' && expires !== '' && time === undefined)
    throw invalidRequest('The property expirationDateTime is not a time.', 'invalidParameterFormat');
  if (time !== undefined && time <= context.world.clock.now())
    throw invalidRequest('The property expirationDateTime lies in the past.', 'invalidParameterFormat');
  return {
    type,
    scope: wantedScope,
    password: typeof password === 'string' && password !== '' ? password : undefined,
    expires: time,
  };
}

/** A link of the same kind, made by the same application, is handed out again. */
function isSame(known: PermissionRecord, wanted: Wanted, context: ItemContext): boolean {
  return (
    known.link?.type === wanted.type &&
    known.link.scope === wanted.scope &&
    known.clientId === context.caller.clientId &&
    known.password === wanted.password &&
    known.expires === wanted.expires
  );
}

function add(records: Records, context: ItemContext, item: ItemRecord, wanted: Wanted): PermissionRecord {
  const token = secretName(context.world);
  const id = secretName(context.world);
  const permission: PermissionRecord = {
    id,
    drive: context.drive.id,
    item: item.key,
    roles: [wanted.type === 'edit' ? 'write' : 'read'],
    link: { type: wanted.type, scope: wanted.scope, token },
    clientId: context.caller.clientId,
    password: wanted.password,
    expires: wanted.expires,
  };
  const key = permissionKey(item.key, id);
  permissions.put(records, key, permission);
  linkTokens.put(records, token, key);
  return permission;
}
