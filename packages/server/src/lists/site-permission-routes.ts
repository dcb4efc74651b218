/**
 * Permissions of applications on a site. People are members or visitors of a site, and are not listed here.
 * https://learn.microsoft.com/graph/api/site-list-permissions, …/site-post-permissions, …/site-get-permission,
 * …/site-update-permission, …/site-delete-permission
 */
import { empty, json } from '../core/answers.ts';
import { base64url } from '../core/base-encodings.ts';
import { isObject, readEntity } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest, itemNotFound } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';
import { siteOf } from './site-access.ts';
import type { SiteRecord } from './site-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const access = 'files';
const all = 'sites/{site}/permissions';
const one = 'sites/{site}/permissions/{permission}';

export const sitePermissionRoutes: readonly GraphRoute[] = [
  { method: 'GET', path: all, writes: false, access, source: `${docs}/site-list-permissions`, handle: list },
  {
    method: 'POST',
    path: all,
    writes: true,
    access,
    source: `${docs}/site-post-permissions`,
    lacks: 'An application with its own token can access every site, regardless of its permissions.',
    handle: create,
  },
  { method: 'GET', path: one, writes: false, access, source: `${docs}/site-get-permission`, handle: get },
  {
    method: 'PATCH',
    path: one,
    writes: true,
    access,
    source: `${docs}/site-update-permission`,
    handle: change,
  },
  {
    method: 'DELETE',
    path: one,
    writes: true,
    access,
    source: `${docs}/site-delete-permission`,
    handle: remove,
  },
];

interface Application {
  readonly id: string;
  readonly displayName: string;
}

interface SitePermissionRecord {
  readonly id: string;
  readonly roles: readonly string[];
  readonly application: Application;
}

/** Permissions of a site, oldest first, by its id in lower case. */
const sitePermissions = collection<readonly SitePermissionRecord[]>('site-permissions');

const roles = new Set(['read', 'write', 'manage', 'fullcontrol', 'owner']);

/** Reads `roles` from a body. @throws ServiceError 400. */
function readSiteRoles(body: Json): readonly string[] {
  const { roles: given } = body;
  const valid = Array.isArray(given) && given.length > 0 && given.every((role) => roles.has(String(role)));
  if (!valid)
    throw invalidRequest(
      `The property roles must contain one of ${[...roles].join(', ')}.`,
      'invalidParameterFormat',
    );
  return [...new Set(given.map(String))];
}

/** Reads the application from a body: one of `grantedToIdentities`, or of its newer forms. @throws ServiceError 400. */
function readApplication(body: Json): Application {
  const { grantedToIdentitiesV2, grantedToIdentities = grantedToIdentitiesV2 } = body;
  const { grantedToV2, grantedTo = grantedToV2 } = body;
  const identities: readonly unknown[] = Array.isArray(grantedToIdentities)
    ? grantedToIdentities
    : [grantedTo];
  const [identity] = identities;
  const application = isObject(identity) ? identity['application'] : undefined;
  const { id, displayName = '' } = isObject(application) ? application : {};
  if (identities.length !== 1 || typeof id !== 'string' || id === '' || typeof displayName !== 'string')
    throw invalidRequest(
      'The property grantedToIdentities must name one application by its id.',
      'invalidParameterFormat',
    );
  return { id, displayName };
}

const permissionsIn = (records: Records, { id }: SiteRecord): readonly SitePermissionRecord[] =>
  sitePermissions.get(records, id.toLowerCase()) ?? [];

const put = (records: Records, { id }: SiteRecord, permissions: readonly SitePermissionRecord[]): void =>
  sitePermissions.put(records, id.toLowerCase(), permissions);

function permissionJson({ id, roles, application }: SitePermissionRecord): Json {
  const identities = [{ application }];
  return {
    id,
    '@deprecated.GrantedToIdentities':
      'GrantedToIdentities has been deprecated. Refer to GrantedToIdentitiesV2',
    roles,
    grantedToIdentitiesV2: identities,
    grantedToIdentities: identities,
  };
}

function answerOne(
  { links, options }: GraphContext,
  status: number,
  permission: SitePermissionRecord,
): ServerResponse {
  return json(status, {
    '@odata.context': `${links.base}/$metadata#permissions/$entity`,
    ...selectProperties(permissionJson(permission), options.select),
  });
}

async function list(context: GraphContext): Promise<ServerResponse> {
  return context.world.storage.read((records) =>
    answerCollection(
      context,
      'permissions',
      permissionsIn(records, siteOf(records, context, 'read')).map(permissionJson),
    ),
  );
}

/** @throws ServiceError 404. */
function find(records: Records, context: GraphContext, site: SiteRecord): SitePermissionRecord {
  const lookupId = param(context, 'permission');
  const permission = permissionsIn(records, site).find(({ id }) => id === lookupId);
  if (permission === undefined) throw itemNotFound('The permission could not be found.');
  return permission;
}

async function get(context: GraphContext): Promise<ServerResponse> {
  return context.world.storage.read((records) =>
    answerOne(context, 200, find(records, context, siteOf(records, context, 'read'))),
  );
}

async function create(context: GraphContext): Promise<ServerResponse> {
  const body = await readEntity(context.request);
  const properties = { roles: readSiteRoles(body), application: readApplication(body) };
  const { storage, random } = context.world;
  return storage.write((records) => {
    const site = siteOf(records, context, 'write');
    const permission = { id: `aTowaS50fG1zLnNwLmV4dHx${base64url(random.bytes(24))}`, ...properties };
    put(records, site, [...permissionsIn(records, site), permission]);
    return answerOne(context, 201, permission);
  });
}

async function change(context: GraphContext): Promise<ServerResponse> {
  const newRoles = readSiteRoles(await readEntity(context.request));
  return context.world.storage.write((records) => {
    const site = siteOf(records, context, 'write');
    const permission = { ...find(records, context, site), roles: newRoles };
    const rest = permissionsIn(records, site);
    put(
      records,
      site,
      rest.map((known) => (known.id === permission.id ? permission : known)),
    );
    return answerOne(context, 200, permission);
  });
}

async function remove(context: GraphContext): Promise<ServerResponse> {
  context.world.storage.write((records) => {
    const site = siteOf(records, context, 'write');
    const { id } = find(records, context, site);
    put(
      records,
      site,
      permissionsIn(records, site).filter((known) => known.id !== id),
    );
  });
  return empty(204);
}
