/**
 * Content types of a site and of a list. https://learn.microsoft.com/graph/api/site-list-contenttypes,
 * …/site-post-contenttypes, …/list-list-contenttypes, …/contenttype-get, …-update, …-delete, …-addcopy
 */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import { guidOf } from '../core/guid.ts';
import type { ServerResponse } from '../core/http.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { readFilter } from '../core/odata/odata-filter.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest, nameAlreadyExists } from '../core/service-error.ts';
import {
  type DriveContext,
  type DriveRoute,
  type GraphContext,
  type GraphRoute,
  param,
} from '../files/drives/drive-route.ts';
import { rootOf } from '../files/items/resolve.ts';
import type { Records } from '../storage/storage.ts';
import { readContentType, readCopied, readParentId } from './content-type-body.ts';
import {
  type ContentTypeRecord,
  type ContentTypeScope,
  contentTypeJson,
  contentTypesOf,
  dropContentType,
  findContentType,
  listScope,
  putContentType,
  recordsOf,
  refuseBuiltIn,
  siteScope,
} from './content-types.ts';
import { listPlaceOf } from './list-place.ts';
import { siteOf } from './site-access.ts';
import { siteOfDrive } from './site-record.ts';

/** The content types at the address of a request, and those that new ones may be based on. */
interface Scopes {
  readonly own: ContentTypeScope;
  readonly site: ContentTypeScope | undefined;
}

type Find<T> = (records: Records, context: T) => Scopes;

const docs = 'https://learn.microsoft.com/graph/api';
const lacks = 'The columns of a content type are not stored, and files are not validated against it.';

const inSite: Find<GraphContext> = (records, context) => {
  const access = context.request.method === 'GET' ? 'read' : 'write';
  const own = siteScope(siteOf(records, context, access));
  return { own, site: own };
};

/** @throws ServiceError 400 on personal drives. */
const inList: Find<DriveContext> = (records, { drive }) => {
  listPlaceOf(records, drive, rootOf(records, drive));
  const site = siteOfDrive(records, drive);
  return { own: listScope(drive), site: site && siteScope(site) };
};

function routesOf<T extends GraphContext>(find: Find<T>) {
  return [
    { method: 'GET', tail: '', writes: false, filters: true, handle: (context: T) => list(context, find) },
    { method: 'POST', tail: '', writes: true, lacks, handle: (context: T) => create(context, find) },
    { method: 'POST', tail: '/addCopy', writes: true, handle: (context: T) => addCopy(context, find) },
    { method: 'GET', tail: '/{type}', writes: false, handle: (context: T) => get(context, find) },
    { method: 'PATCH', tail: '/{type}', writes: true, handle: (context: T) => change(context, find) },
    { method: 'DELETE', tail: '/{type}', writes: true, handle: (context: T) => remove(context, find) },
  ];
}

const pages: Readonly<Record<string, string>> = {
  'POST/addCopy': 'contenttype-addcopy',
  'GET/{type}': 'contenttype-get',
  'PATCH/{type}': 'contenttype-update',
  'DELETE/{type}': 'contenttype-delete',
};

export const siteContentTypeRoutes: readonly GraphRoute[] = routesOf(inSite)
  .filter(({ tail }) => tail !== '/addCopy')
  .map(({ tail, ...route }) => ({
    ...route,
    path: `sites/{site}/contentTypes${tail}`,
    access: 'files',
    source: `${docs}/${pages[route.method + tail] ?? `site-${route.method === 'GET' ? 'list' : 'post'}-contenttypes`}`,
  }));

export const listContentTypeRoutes: readonly DriveRoute[] = routesOf(inList).map(({ tail, ...route }) => ({
  ...route,
  on: 'drive',
  tail: `list/contentTypes${tail}`,
  source: `${docs}/${pages[route.method + tail] ?? `list-${route.method === 'GET' ? 'list' : 'post'}-contenttypes`}`,
}));

async function list<T extends GraphContext>(context: T, find: Find<T>): Promise<ServerResponse> {
  const matches = readFilter(context.options.filter);
  return context.world.storage.read((records) =>
    answerCollection(
      context,
      'contentTypes',
      contentTypesOf(records, find(records, context).own).filter(matches),
    ),
  );
}

function answerOne({ links, options }: GraphContext, status: number, type: Record<string, unknown>) {
  return json(status, {
    '@odata.context': `${links.base}/$metadata#contentTypes/$entity`,
    ...selectProperties(type, options.select),
  });
}

/** Includes the parent as `base`, if it is in the same scope or in the site. */
function contentTypeWithBase(records: Records, { own, site }: Scopes, type: ContentTypeRecord) {
  const all = [...recordsOf(records, own), ...(site === undefined ? [] : recordsOf(records, site))];
  return contentTypeJson(
    type,
    all.find(({ id }) => id === type.parentId),
  );
}

async function get<T extends GraphContext>(context: T, find: Find<T>): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const scopes = find(records, context);
    const type = findContentType(records, scopes.own, param(context, 'type'));
    return answerOne(context, 200, contentTypeWithBase(records, scopes, type));
  });
}

/** @throws ServiceError 400 without a name, 404 for an unknown parent, 409 if the name is taken. */
async function create<T extends GraphContext>(context: T, find: Find<T>): Promise<ServerResponse> {
  const body = await readEntity(context.request);
  const { name, ...rest } = readContentType(body);
  if (name === undefined) throw invalidRequest('A content type needs a name.', 'invalidParameterFormat');
  const parentId = readParentId(body);
  const { storage, random } = context.world;
  return storage.write((records) => {
    const scopes = find(records, context);
    const parent = findContentType(records, scopes.site ?? scopes.own, parentId);
    const id = `${parent.id}00${guidOf(random.bytes(16)).replaceAll('-', '')}`;
    const defaults = { description: '', group: 'Custom Content Types', hidden: false, readOnly: false };
    const type = { ...defaults, ...rest, id, name, parentId: parent.id };
    checkName(records, scopes.own, type);
    putContentType(records, scopes.own, type);
    return answerOne(context, 201, contentTypeWithBase(records, scopes, type));
  });
}

/** @throws ServiceError 409 if another content type has the name. */
function checkName(records: Records, scope: ContentTypeScope, { id, name }: ContentTypeRecord): void {
  const taken = recordsOf(records, scope).some(
    (one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw nameAlreadyExists(`A content type named ${name} already exists.`);
}

/** Creates a child of a content type of the site, with the same name. @throws ServiceError 400, 404, 409. */
async function addCopy<T extends GraphContext>(context: T, find: Find<T>): Promise<ServerResponse> {
  const copied = readCopied(await readEntity(context.request));
  const { storage, random } = context.world;
  return storage.write((records) => {
    const scopes = find(records, context);
    const parent = findContentType(records, scopes.site ?? scopes.own, copied);
    const id = `${parent.id}00${guidOf(random.bytes(16)).replaceAll('-', '')}`;
    const type = { ...parent, id, parentId: parent.id };
    checkName(records, scopes.own, type);
    putContentType(records, scopes.own, type);
    return answerOne(context, 201, contentTypeWithBase(records, scopes, type));
  });
}

/** @throws ServiceError 400 for a built-in content type, 404, 409. */
async function change<T extends GraphContext>(context: T, find: Find<T>): Promise<ServerResponse> {
  const properties = readContentType(await readEntity(context.request));
  return context.world.storage.write((records) => {
    const scopes = find(records, context);
    const before = findContentType(records, scopes.own, param(context, 'type'));
    refuseBuiltIn(scopes.own, before);
    const type = { ...before, ...properties };
    checkName(records, scopes.own, type);
    putContentType(records, scopes.own, type);
    return answerOne(context, 200, contentTypeWithBase(records, scopes, type));
  });
}

/** @throws ServiceError 400 for a built-in content type and for the parent of another, 404. */
async function remove<T extends GraphContext>(context: T, find: Find<T>): Promise<ServerResponse> {
  context.world.storage.write((records) => {
    const { own } = find(records, context);
    const type = findContentType(records, own, param(context, 'type'));
    if (recordsOf(records, own).some(({ parentId }) => parentId === type.id))
      throw invalidRequest('Other content types are based on this one.', 'resourceInUse');
    dropContentType(records, own, type);
  });
  return empty(204);
}
