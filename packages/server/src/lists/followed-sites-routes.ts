/** Sites that a user follows: https://learn.microsoft.com/graph/api/site-follow, …/site-unfollow, …/sites-list-followed */
import { empty, json } from '../core/answers.ts';
import { isObject, readEntity } from '../core/body.ts';
import type { ServerResponse } from '../core/http.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { accessDenied, invalidRequest } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import { signedInPerson } from '../identity/access-tokens.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { findUser } from '../people/user-routes.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';
import { sharepointIdsOfSite, siteJson } from './site-json.ts';
import { type SiteRecord, sites } from './site-record.ts';
import { maySee } from './sites.ts';

const docs = 'https://learn.microsoft.com/graph/api';

/** Ids of sites, in lower case, by account. */
const followedSites = collection<readonly string[]>('followed-sites');

export const followedSitesRoutes: readonly GraphRoute[] = ['me', 'users/{user}'].flatMap((person) => [
  {
    method: 'GET',
    path: `${person}/followedSites`,
    writes: false,
    access: 'files',
    source: `${docs}/sites-list-followed`,
    handle: list,
  },
  {
    method: 'POST',
    path: `${person}/followedSites/add`,
    writes: true,
    access: 'files',
    source: `${docs}/site-follow`,
    handle: (context: GraphContext) => change(context, true),
  },
  {
    method: 'POST',
    path: `${person}/followedSites/remove`,
    writes: true,
    access: 'files',
    source: `${docs}/site-unfollow`,
    handle: (context: GraphContext) => change(context, false),
  },
]);

/** @throws ServiceError 403 for the followed sites of another user. */
function personOf(context: GraphContext): AccountRecord {
  const caller = signedInPerson(context.caller);
  const name = param(context, 'user');
  if (name === '' || findUser(context, name).id === caller.id) return caller;
  throw accessDenied();
}

async function list(context: GraphContext): Promise<ServerResponse> {
  const person = personOf(context);
  return context.world.storage.read((records) => {
    const value = (followedSites.get(records, person.id) ?? []).flatMap((id) => {
      const site = sites.get(records, id);
      return site === undefined || !maySee(site, person) ? [] : [entry(site)];
    });
    return answerCollection(context, 'sites', value);
  });
}

const entry = (site: SiteRecord): Json => ({ ...siteJson(site), sharepointIds: sharepointIdsOfSite(site) });

/** 200 or 204 if all sites were followed or unfollowed; otherwise 207 with an error for each id that failed. */
async function change(context: GraphContext, follow: boolean): Promise<ServerResponse> {
  const person = personOf(context);
  const ids = readIds(await readEntity(context.request));
  return context.world.storage.write((records) => {
    const before = followedSites.get(records, person.id) ?? [];
    const requested = ids.map((id) => ({ id, site: visible(records, person, id) }));
    const siteIds = requested.flatMap(({ site }) => (site === undefined ? [] : [site.id.toLowerCase()]));
    const rest = before.filter((id) => !siteIds.includes(id));
    followedSites.put(records, person.id, follow ? [...rest, ...siteIds] : rest);
    const failed = requested.some(({ site }) => site === undefined);
    if (!follow && !failed) return empty(204);
    const shown = follow ? requested : requested.filter(({ site }) => site === undefined);
    const value = shown.map(({ id, site }) =>
      site === undefined ? { id, error: unknownSite } : entry(site),
    );
    return json(failed ? 207 : 200, { '@odata.context': `${context.links.base}/$metadata#sites`, value });
  });
}

function visible(records: Records, person: AccountRecord, id: string): SiteRecord | undefined {
  const site = sites.get(records, id.toLowerCase());
  return site !== undefined && maySee(site, person) ? site : undefined;
}

const wrong = 'The site Id information that is provided in the request is incorrect';
const unknownSite = {
  '@odata.type': '#oneDrive.error',
  code: 'invalidRequest',
  message: wrong,
  innerError: {
    code: 'invalidRequest',
    errorType: 'expected',
    message: wrong,
    stackTrace: '',
    throwSite: '',
  },
};

function readIds({ value }: Json): readonly string[] {
  const ids = Array.isArray(value)
    ? value.map((one: unknown) => (isObject(one) ? one['id'] : undefined))
    : [];
  if (ids.length === 0 || !ids.every((id) => typeof id === 'string'))
    throw invalidRequest('The property value must contain the ids of sites.', 'invalidParameterFormat');
  return ids;
}
