/** Sites, groups and their drives. */
import { OneDriveError } from '../../errors/index.ts';
import type { GraphClient } from '../client.ts';
import { contracts } from '../contract.ts';
import { type Paged, pagedCall } from '../page.ts';
import { encodeSegment } from '../path.ts';
import { type CallOptions, sendForObject } from '../send.ts';
import type { CollectionPage, Drive, Group, Site } from '../types/index.ts';

/** Finds sites by name or description. @see https://learn.microsoft.com/graph/api/site-search */
export function searchSites(
  client: GraphClient,
  text: string,
  options: CallOptions = {},
): Paged<Site, CollectionPage<Site>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: '/sites',
    what: `search sites for ${JSON.stringify(text)}`,
    query: { search: text },
    options,
  });
}

/**
 * Returns the path of `root`, of an id, or of `host:/path` with encoded names; `host:/` is the root site of
 * the host.
 * @throws OneDriveError `invalid-name`.
 */
function sitePath(site: string): string {
  const at = site.indexOf(':');
  if (at === -1) return `/sites/${encodeSegment(site)}`;
  const names = site
    .slice(at + 1)
    .split('/')
    .filter((name) => name !== '');
  const host = site.slice(0, at);
  if (host === '') throw new OneDriveError('invalid-name', `"${site}" has no host name.`);
  if (names.length === 0) return `/sites/${encodeSegment(host)}`;
  return `/sites/${encodeSegment(host)}:/${names.map(encodeSegment).join('/')}`;
}

/**
 * Returns a site by its id, by `host:/sites/name`, or `root`.
 * @see https://learn.microsoft.com/graph/api/site-get and
 * https://learn.microsoft.com/graph/api/site-getbypath
 */
export function getSite(client: GraphClient, site: string, options: CallOptions = {}): Promise<Site> {
  return sendForObject(client, {
    method: 'GET',
    contract: contracts.read,
    url: sitePath(site),
    what: `find the site ${site}`,
    options,
  });
}

/** Lists the document libraries of a site. @see https://learn.microsoft.com/graph/api/drive-list */
export function listSiteDrives(
  client: GraphClient,
  siteId: string,
  options: CallOptions = {},
): Paged<Drive, CollectionPage<Drive>> {
  const what = 'list the libraries of the site';
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: `/sites/${encodeSegment(siteId)}/drives`,
    what,
    options,
  });
}

/** Lists the document libraries of a group. @see https://learn.microsoft.com/graph/api/drive-list */
export function listGroupDrives(
  client: GraphClient,
  groupId: string,
  options: CallOptions = {},
): Paged<Drive, CollectionPage<Drive>> {
  const what = 'list the libraries of the group';
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: `/groups/${encodeSegment(groupId)}/drives`,
    what,
    options,
  });
}

/** Lists the sites that the user follows. @see https://learn.microsoft.com/graph/api/sites-list-followed */
export function listFollowedSites(
  client: GraphClient,
  options: CallOptions = {},
): Paged<Site, CollectionPage<Site>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: '/me/followedSites',
    what: 'list the followed sites',
    options,
  });
}

/** Lists the groups of the user. @see https://learn.microsoft.com/graph/api/user-list-memberof */
export function listMyGroups(
  client: GraphClient,
  options: CallOptions = {},
): Paged<Group, CollectionPage<Group>> {
  return pagedCall(client, {
    method: 'GET',
    contract: contracts.list,
    url: '/me/memberOf/microsoft.graph.group',
    what: 'list the groups',
    options,
  });
}
