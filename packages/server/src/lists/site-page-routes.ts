/**
 * Pages of a site. https://learn.microsoft.com/graph/api/basesitepage-list, …/sitepage-create, …/sitepage-get,
 * …/sitepage-update, …/sitepage-publish, …/basesitepage-delete
 */
import { empty, json } from '../core/answers.ts';
import { readEntity } from '../core/body.ts';
import { precondition } from '../core/conditional.ts';
import { guidOf } from '../core/guid.ts';
import type { ServerResponse } from '../core/http.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { readFilter } from '../core/odata/odata-filter.ts';
import type { Expansion } from '../core/odata/odata-query.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest, itemNotFound, nameAlreadyExists, resourceModified } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import type { IdentityRecord } from '../files/items/item-record.ts';
import type { Records } from '../storage/storage.ts';
import { siteOf } from './site-access.ts';
import { readNewPage, readPageProperties } from './site-page-body.ts';
import {
  dropPage,
  type PageRecord,
  pageJson,
  pageOf,
  pagesOf,
  putPage,
  webPartsOf,
} from './site-page-record.ts';
import type { SiteRecord } from './site-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const base = 'sites/{site}/pages';
const get = { method: 'GET', writes: false, access: 'files' } as const;
const write = { writes: true, access: 'files' } as const;

/** Addresses of a page: without and with the cast to `microsoft.graph.sitePage`. */
const page = [`${base}/{page}`, `${base}/{page}/sitePage`] as const;

export const sitePageRoutes: readonly GraphRoute[] = [
  { ...get, path: base, filters: true, source: `${docs}/basesitepage-list`, handle: list },
  { ...get, path: `${base}/sitePage`, filters: true, source: `${docs}/sitepage-list`, handle: list },
  {
    ...write,
    method: 'POST',
    path: base,
    source: `${docs}/sitepage-create`,
    lacks: 'A new site has no pages. Pages are stored as sent; web parts are not validated.',
    handle: create,
  },
  ...page.flatMap((path): readonly GraphRoute[] => [
    { ...get, path, source: `${docs}/sitepage-get`, handle: getPage },
    { ...write, method: 'PATCH', path, source: `${docs}/sitepage-update`, handle: change },
    { ...write, method: 'DELETE', path, source: `${docs}/basesitepage-delete`, handle: remove },
    {
      ...write,
      method: 'POST',
      path: `${path}/publish`,
      source: `${docs}/sitepage-publish`,
      handle: publish,
    },
    { ...get, path: `${path}/webParts`, source: `${docs}/sitepage-list-webparts`, handle: listWebParts },
  ]),
];

/** Adds what `$expand` requests: the canvas, or its web parts. @throws ServiceError 400. */
function expandedPageJson(context: GraphContext, site: SiteRecord, record: PageRecord): Json {
  const { select, expand } = context.options;
  const related = expand.map((one) => [one.name, expandPage(record, one)] as const);
  return { ...selectProperties(pageJson(site, record), select), ...Object.fromEntries(related) };
}

function expandPage(record: PageRecord, { name }: Expansion): unknown {
  if (name.toLowerCase() === 'canvaslayout') return record.properties.canvasLayout ?? {};
  if (name.toLowerCase() === 'webparts') return webPartsOf(record);
  throw invalidRequest(`The relationship ${name} cannot be expanded.`, 'invalidQueryOption');
}

function answerPage(
  context: GraphContext,
  status: number,
  site: SiteRecord,
  record: PageRecord,
): ServerResponse {
  return json(status, {
    '@odata.context': `${context.links.base}/$metadata#sites/pages/$entity`,
    ...expandedPageJson(context, site, record),
  });
}

async function list(context: GraphContext): Promise<ServerResponse> {
  const matches = readFilter(context.options.filter);
  return context.world.storage.read((records) => {
    const site = siteOf(records, context, 'read');
    const pages = new Map(pagesOf(records, site).map((record) => [pageJson(site, record), record]));
    return answerCollection(context, 'sites/pages', [...pages.keys()].filter(matches), (one) => {
      const record = pages.get(one);
      if (record === undefined) return {};
      return Object.fromEntries(context.options.expand.map((each) => [each.name, expandPage(record, each)]));
    });
  });
}

/** @throws ServiceError 404. */
function find(records: Records, context: GraphContext, site: SiteRecord): PageRecord {
  const record = pageOf(records, site, param(context, 'page'));
  if (record === undefined) throw itemNotFound('The page could not be found.');
  return record;
}

async function getPage(context: GraphContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const site = siteOf(records, context, 'read');
    return answerPage(context, 200, site, find(records, context, site));
  });
}

const identityOf = ({ caller: { account } }: GraphContext): IdentityRecord => ({
  id: account.id,
  displayName: account.displayName,
});

/** @throws ServiceError 400, 409 if the name is taken. */
async function create(context: GraphContext): Promise<ServerResponse> {
  const properties = readNewPage(await readEntity(context.request));
  const { storage, random, clock } = context.world;
  return storage.write((records) => {
    const site = siteOf(records, context, 'write');
    if (pagesOf(records, site).some(({ name }) => name.toLowerCase() === properties.name.toLowerCase()))
      throw nameAlreadyExists(`The site already has a page ${properties.name}.`);
    const [now, by] = [clock.now(), identityOf(context)];
    const record: PageRecord = {
      ...properties,
      id: guidOf(random.bytes(16)).toLowerCase(),
      created: now,
      modified: now,
      createdBy: by,
      modifiedBy: by,
      major: 0,
      minor: 1,
      writes: 1,
    };
    putPage(records, site, record);
    return answerPage(context, 201, site, record);
  });
}

/** @throws ServiceError 412 if the request expects another version of the page. */
function checkTag({ request: { headers } }: GraphContext, site: SiteRecord, record: PageRecord): void {
  const sent = { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
  if (precondition(sent, [String(pageJson(site, record)['eTag'])], false) === 'failed')
    throw resourceModified();
}

type Rewrite = (record: PageRecord) => Partial<PageRecord>;

/** @throws ServiceError 404, 412. */
function rewritten(records: Records, context: GraphContext, rewrite: Rewrite) {
  const site = siteOf(records, context, 'write');
  const before = find(records, context, site);
  checkTag(context, site, before);
  const record = {
    ...before,
    modified: context.world.clock.now(),
    modifiedBy: identityOf(context),
    writes: before.writes + 1,
    ...rewrite(before),
  };
  putPage(records, site, record);
  return { site, record };
}

async function change(context: GraphContext): Promise<ServerResponse> {
  const changes = readPageProperties(await readEntity(context.request));
  return context.world.storage.write((records) => {
    const { site, record } = rewritten(records, context, ({ properties, minor }) => ({
      properties: { ...properties, ...changes },
      minor: minor + 1,
    }));
    return answerPage(context, 200, site, record);
  });
}

/** Publishes the draft as the next version. */
async function publish(context: GraphContext): Promise<ServerResponse> {
  context.world.storage.write((records) =>
    rewritten(records, context, ({ major, minor }) => (minor === 0 ? {} : { major: major + 1, minor: 0 })),
  );
  return empty(204);
}

async function remove(context: GraphContext): Promise<ServerResponse> {
  context.world.storage.write((records) => {
    const site = siteOf(records, context, 'write');
    const record = find(records, context, site);
    checkTag(context, site, record);
    dropPage(records, site, record);
  });
  return empty(204);
}

async function listWebParts(context: GraphContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const site = siteOf(records, context, 'read');
    return answerCollection(context, 'webParts', webPartsOf(find(records, context, site)));
  });
}
