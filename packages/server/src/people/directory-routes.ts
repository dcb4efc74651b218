/**
 * Users and groups of the business directory. Applications that process every drive start here.
 * https://learn.microsoft.com/graph/api/user-list, …/group-list, …/group-get
 */
import { json } from '../core/answers.ts';
import type { ServerResponse } from '../core/http.ts';
import { answerCollection } from '../core/odata/answer-collection.ts';
import { readFilter } from '../core/odata/odata-filter.ts';
import { readSearch } from '../core/odata/odata-search.ts';
import { selectProperties } from '../core/odata/select.ts';
import { ServiceError } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import { signedInPerson } from '../identity/access-tokens.ts';
import { tenantOf } from '../identity/tenants.ts';
import { type SiteRecord, sites } from '../lists/site-record.ts';
import { findGroup, findSite, groupsSeenBy, maySee } from '../lists/sites.ts';
import type { Records } from '../storage/storage.ts';
import { type AccountRecord, accounts } from './account-record.ts';
import { groupJson, userJson } from './directory-json.ts';
import { findUser } from './user-routes.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { method: 'GET', writes: false, access: 'any' } as const;

export const directoryRoutes: readonly GraphRoute[] = [
  {
    ...get,
    path: 'users',
    filters: true,
    source: `${docs}/user-list`,
    handle: async (context) => listed(context, 'users', people),
  },
  {
    ...get,
    path: 'groups',
    filters: true,
    source: `${docs}/group-list`,
    handle: async (context) => listed(context, 'groups', groupsSeen),
  },
  { ...get, path: 'groups/{group}', source: `${docs}/group-get`, handle: getGroup },
  {
    ...get,
    path: 'groups/{group}/members',
    filters: true,
    source: `${docs}/group-list-members`,
    handle: async (context) => listed(context, 'directoryObjects', members),
  },
  {
    ...get,
    path: 'groups/{group}/transitiveMembers',
    filters: true,
    source: `${docs}/group-list-transitivemembers`,
    handle: async (context) => listed(context, 'directoryObjects', members),
  },
  {
    ...get,
    path: 'groups/{group}/owners',
    filters: true,
    source: `${docs}/group-list-owners`,
    lacks: 'Every member is also an owner of the group.',
    handle: async (context) => listed(context, 'directoryObjects', members),
  },
  ...['memberOf', 'transitiveMemberOf'].flatMap((tail) => [
    memberships(`me/${tail}`, ({ caller }) => signedInPerson(caller)),
    memberships(`users/{user}/${tail}`, (context) => findUser(context, param(context, 'user'))),
  ]),
];

function memberships(path: string, person: (context: GraphContext) => AccountRecord): GraphRoute {
  return {
    ...get,
    path,
    filters: true,
    source: `${docs}/user-list-memberof`,
    handle: async (context) =>
      listed(context, 'directoryObjects', (records) => groupsOf(records, context, person(context))),
  };
}

function listed(
  context: GraphContext,
  kind: string,
  find: (records: Records, context: GraphContext) => readonly Json[],
): ServerResponse {
  if (context.caller.account.kind !== 'business')
    throw new ServiceError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  const matches = readFilter(context.options.filter);
  const found = readSearch(context.query.get('$search'));
  return context.world.storage.read((records) =>
    answerCollection(context, kind, find(records, context).filter(matches).filter(found)),
  );
}

/** All accounts in the caller's directory. */
function people(records: Records, context: GraphContext): readonly Json[] {
  return colleagues(records, context).map(userJson);
}

function colleagues(records: Records, { world, caller }: GraphContext): readonly AccountRecord[] {
  const own = tenantOf(world, caller.account);
  const isServers = own === world.settings.identity.tenantId.toLowerCase();
  return [...(isServers ? [''] : []), own]
    .flatMap((directory) => accounts.find(records, `directory:${directory}`))
    .sort(byDisplayName);
}

const nameOrder = new Intl.Collator('en');
const byDisplayName = (left: AccountRecord, right: AccountRecord): number =>
  nameOrder.compare(left.displayName, right.displayName);

/** Those of `found` that are in the caller's directory. */
function inOneDirectory(
  { world, caller }: GraphContext,
  found: readonly AccountRecord[],
): readonly AccountRecord[] {
  const own = tenantOf(world, caller.account);
  return found
    .filter((account) => account.kind === 'business' && tenantOf(world, account) === own)
    .sort(byDisplayName);
}

const isMember = ({ members: named }: SiteRecord, { id, kind }: AccountRecord): boolean =>
  kind === 'business' && (named === undefined || named.includes(id));

/** Members of a group; visitors of its site are not included. @throws ServiceError 404, 403. */
function members(records: Records, context: GraphContext): readonly Json[] {
  const { siteId } = findGroup(records, param(context, 'group'));
  const site = findSite(records, siteId, context.caller.account);
  const candidates =
    site.members === undefined
      ? colleagues(records, context)
      : inOneDirectory(
          context,
          site.members.flatMap((id) => accounts.get(records, id) ?? []),
        );
  return candidates
    .filter((account) => isMember(site, account))
    .map((account) => ({ '@odata.type': '#microsoft.graph.user', ...userJson(account) }));
}

/** The groups that the caller may see. */
function groupsOf(records: Records, { caller }: GraphContext, account: AccountRecord): readonly Json[] {
  return groupsSeenBy(records, account).flatMap((group) => {
    const site = sites.get(records, group.siteId.toLowerCase());
    return site !== undefined && maySee(site, caller.account) && isMember(site, account)
      ? [{ '@odata.type': '#microsoft.graph.group', ...groupJson(group, site) }]
      : [];
  });
}

function groupsSeen(records: Records, { caller }: GraphContext): readonly Json[] {
  return groupsSeenBy(records, caller.account).flatMap((group) => {
    const site = sites.get(records, group.siteId.toLowerCase());
    return site !== undefined ? [groupJson(group, site)] : [];
  });
}

async function getGroup(context: GraphContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const group = findGroup(records, param(context, 'group'));
    const whole = groupJson(group, findSite(records, group.siteId, context.caller.account));
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#groups/$entity`,
      ...selectProperties(whole, context.options.select),
    });
  });
}
