/** Sites and their libraries: https://learn.microsoft.com/graph/api/site-get, …/site-search, …/list-get */
import { json } from '../core/answers.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { readFilter } from '../core/odata/odata-filter.ts';
import { selectProperties } from '../core/odata/select.ts';
import { invalidRequest } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import { answerDrives, answerLists, expanded, expandSite } from '../files/drives/expand-drive.ts';
import type { Records } from '../storage/storage.ts';
import { siteJson } from './site-json.ts';
import { driveOfLibrary, type SiteRecord, sites } from './site-record.ts';
import { findGroup, findSite, maySee, sitesSeenBy } from './sites.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { method: 'GET', writes: false, access: 'files' } as const;

const named = (records: Records, context: GraphContext): SiteRecord =>
  findSite(records, param(context, 'site'), context.caller.account);

const ofGroup = (records: Records, context: GraphContext): SiteRecord =>
  findSite(records, findGroup(records, param(context, 'group')).siteId, context.caller.account);

type Find = (records: Records, context: GraphContext) => SiteRecord;

export const siteRoutes: readonly GraphRoute[] = [
  {
    ...get,
    path: 'sites',
    filters: true,
    source: `${docs}/site-search`,
    handle: async (context) => listSites(context, searched),
  },
  {
    ...get,
    path: 'sites/getAllSites',
    source: `${docs}/site-getallsites`,
    handle: async (context) => listSites(context, () => true),
  },
  { ...get, path: 'sites/delta', source: `${docs}/site-delta`, handle: deltaOfSites },
  {
    ...get,
    path: 'sites/{site}',
    source: `${docs}/site-get`,
    handle: async (context) => getSite(context, named),
  },
  {
    ...get,
    path: 'sites/{site}/getByPath',
    source: `${docs}/site-getbypath`,
    handle: async (context) => getSite(context, byPath),
  },
  {
    ...get,
    path: 'sites/{site}/getByPath/drives',
    source: `${docs}/site-getbypath`,
    handle: async (context) => listDrives(context, byPath),
  },
  {
    ...get,
    path: 'groups/{group}/sites/root',
    source: `${docs}/site-get`,
    handle: async (context) => getSite(context, ofGroup),
  },
  {
    ...get,
    path: 'sites/{site}/sites',
    source: `${docs}/site-list-subsites`,
    handle: async (context) => listSubsites(context),
  },
  {
    ...get,
    path: 'sites/{site}/drives',
    source: `${docs}/drive-list`,
    handle: async (context) => listDrives(context, named),
  },
  {
    ...get,
    path: 'groups/{group}/drives',
    source: `${docs}/drive-list`,
    handle: async (context) => listDrives(context, ofGroup),
  },
  { ...get, path: 'sites/{site}/lists', source: `${docs}/list-list`, handle: listLists },
];

function byPath(records: Records, context: GraphContext): SiteRecord {
  const path = param(context, 'path').replace(/^\//, '');
  return findSite(records, `${param(context, 'site')}:/${path}`, context.caller.account);
}

function getSite(context: GraphContext, find: Find) {
  const { links, options } = context;
  return context.world.storage.read((records) => {
    const site = find(records, context);
    return json(200, {
      '@odata.context': `${links.base}/$metadata#sites/$entity`,
      ...selectProperties(siteJson(site), options.select),
      ...expanded(options.expand, (one) => expandSite(records, context, site, one)),
    });
  });
}

/** `?search=words`: searches names and addresses; `*` and an empty search match every site. */
function searched(site: SiteRecord, context: GraphContext): boolean {
  const text = (context.query.get('search') ?? context.query.get('$search') ?? '').toLowerCase();
  const words = text
    .replaceAll('"', '')
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '*');
  const content = `${site.displayName} ${site.name} ${site.path}`.toLowerCase();
  return words.every((word) => content.includes(word.replace(/\*$/, '')));
}

function listSites(context: GraphContext, matches: (site: SiteRecord, context: GraphContext) => boolean) {
  return context.world.storage.read((records) => {
    const { caller } = context;
    const matchingSites = sitesSeenBy(records, caller.account)
      .filter((site) => matches(site, context))
      .sort((left, right) => left.path.localeCompare(right.path, 'en'));
    const filter = readFilter(context.options.filter);
    return answerCollection(context, 'sites', matchingSites.map(siteJson).filter(filter));
  });
}

/** Sites created after the token, or all sites. Sites are created by seeds and never change or disappear. */
async function deltaOfSites(context: GraphContext) {
  const { query, links, caller } = context;
  const token = query.get('token') ?? query.get('$deltatoken') ?? '';
  const since = token === 'latest' ? Number.POSITIVE_INFINITY : token === '' ? 0 : Number(token);
  if (Number.isNaN(since)) throw invalidRequest('The delta token is malformed.', 'invalidParameterFormat');
  return context.world.storage.read((records) => {
    const all = sitesSeenBy(records, caller.account);
    const value = all
      .filter(({ created }) => created > since)
      .map((site) => selectProperties(siteJson(site), context.options.select));
    const last = Math.max(0, ...all.map(({ created }) => created));
    return json(200, {
      '@odata.context': `${links.base}/$metadata#sites`,
      '@odata.deltaLink': `${links.base}/sites/delta?token=${last}`,
      value,
    });
  });
}

function listSubsites(context: GraphContext) {
  return context.world.storage.read((records) => {
    const above = named(records, context);
    const below = sites
      .find(records, `parent:${above.id}`)
      .filter((site) => maySee(site, context.caller.account));
    return answerCollection(context, 'sites', below.map(siteJson));
  });
}

function listDrives(context: GraphContext, find: Find) {
  return context.world.storage.read((records) => {
    const drives = find(records, context).libraries.flatMap(
      (library) => driveOfLibrary(records, library) ?? [],
    );
    return answerDrives(records, context, drives);
  });
}

async function listLists(context: GraphContext) {
  return context.world.storage.read((records) => {
    const site = named(records, context);
    const drives = site.libraries.flatMap((library) => driveOfLibrary(records, library) ?? []);
    return answerLists(records, context, drives);
  });
}
