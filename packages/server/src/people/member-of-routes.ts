/** Groups of a user, as far as drives need them: https://learn.microsoft.com/graph/api/user-list-memberof */
import { json } from '../core/answers.ts';
import type { ServerResponse } from '../core/http.ts';
import { selectProperties } from '../core/odata/select.ts';
import { accessDenied } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import type { Json } from '../files/items/item-json.ts';
import { signedInPerson } from '../identity/access-tokens.ts';
import { type GroupRecord, sites } from '../lists/site-record.ts';
import { groupsSeenBy } from '../lists/sites.ts';
import type { Records } from '../storage/storage.ts';
import type { AccountRecord } from './account-record.ts';
import { findUser } from './user-routes.ts';

const source = 'https://learn.microsoft.com/graph/api/user-list-memberof';

export const memberOfRoutes: readonly GraphRoute[] = ['me', 'users/{user}'].flatMap((person) =>
  [false, true].map((cast) => ({
    method: 'GET',
    path: `${person}/memberOf${cast ? '/group' : ''}`, // Segments have no namespace here.
    writes: false,
    access: 'any',
    source,
    handle: async (context: GraphContext) => list(context, cast),
  })),
);

function list(context: GraphContext, cast: boolean): ServerResponse {
  const name = param(context, 'user');
  const person = name === '' ? signedInPerson(context.caller) : findUser(context, name);
  // "Delegated (personal Microsoft account): Not supported."
  if (person.kind !== 'business') throw accessDenied();
  return context.world.storage.read((records) => {
    const found = groupsSeenBy(records, person).filter((group) => belongs(records, group, person));
    const value = found.map((group) => ({
      ...(cast ? {} : { '@odata.type': '#microsoft.graph.group' }),
      ...selectProperties(groupJson(group), context.options.select),
    }));
    const set = cast ? 'groups' : 'directoryObjects';
    return json(200, { '@odata.context': `${context.links.base}/$metadata#${set}`, value });
  });
}

/** The members of a group are those of its site, except accounts with read access only. */
function belongs(records: Records, { siteId }: GroupRecord, { id }: AccountRecord): boolean {
  const site = sites.get(records, siteId.toLowerCase());
  return site !== undefined && (site.members === undefined || site.members.includes(id));
}

/** https://learn.microsoft.com/graph/api/resources/group */
function groupJson({ id, displayName, mail }: GroupRecord): Json {
  const [mailNickname] = mail.split('@');
  return {
    id,
    displayName,
    description: null,
    groupTypes: ['Unified'],
    mail,
    mailEnabled: true,
    mailNickname,
    securityEnabled: false,
  };
}
