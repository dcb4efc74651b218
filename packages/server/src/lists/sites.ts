/** Finds sites, groups and libraries. https://learn.microsoft.com/graph/api/site-get, …/site-getbypath */
import { accessDenied, itemNotFound, noSuchObject } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { compareCodePoints } from '../storage/code-point-order.ts';
import type { Records } from '../storage/storage.ts';
import { driveOfLibrary, type GroupRecord, groups, type SiteRecord, sites } from './site-record.ts';

/** @throws ServiceError 404. */
export function findGroup(records: Records, id: string): GroupRecord {
  const group = groups.get(records, id.toLowerCase());
  if (group === undefined) throw noSuchObject(id);
  return group;
}

/** Whether an account may see a site. */
export function maySee(site: SiteRecord, account: AccountRecord): boolean {
  if (account.application === true) return true;
  if (account.kind !== 'business') return false;
  const { members, visitors = [] } = site;
  return members === undefined || [...members, ...visitors].includes(account.id);
}

/**
 * A site by id, `root`, host, or `host:/path` (also `root:/path` and `{id}:/path`).
 * @throws ServiceError 404 if it does not exist, 403 if the account may not see it, 400 for personal accounts.
 */
export function findSite(records: Records, name: string, account: AccountRecord): SiteRecord {
  const site = lookUp(records, name);
  if (site === undefined)
    throw itemNotFound('The provided path does not exist, or does not represent a site');
  if (!maySee(site, account)) throw accessDenied();
  return site;
}

/** The sites that an account may see, sorted by id. */
export function sitesSeenBy(records: Records, account: AccountRecord): readonly SiteRecord[] {
  if (account.application === true) return sites.list(records);
  if (account.kind !== 'business') return [];
  const found = [...sites.find(records, 'open'), ...sites.find(records, `seen-by:${account.id}`)];
  const byId = new Map(found.map((site) => [site.id.toLowerCase(), site]));
  return [...byId.values()].sort((left, right) =>
    compareCodePoints(left.id.toLowerCase(), right.id.toLowerCase()),
  );
}

/** The groups whose sites an account may see. */
export function groupsSeenBy(records: Records, account: AccountRecord): readonly GroupRecord[] {
  if (account.application === true) return groups.list(records);
  return sitesSeenBy(records, account)
    .flatMap((site) => groups.find(records, `site:${site.id.toLowerCase()}`))
    .sort((left, right) => compareCodePoints(left.id, right.id));
}

function lookUp(records: Records, name: string): SiteRecord | undefined {
  const at = name.indexOf(':');
  const start = (at === -1 ? name : name.slice(0, at)).toLowerCase();
  const base = siteNamed(records, start);
  const path = (at === -1 ? '' : name.slice(at + 1))
    .split('/')
    .filter((part) => part !== '')
    .join('/')
    .toLowerCase();
  if (base === undefined || path === '') return base;
  const full = [base.path.toLowerCase(), path].filter((part) => part !== '').join('/');
  return sites.find(records, `path:${full}`)[0];
}

/** The root site is found by `root` and by its host, every site by its id and by the GUID of its site collection. */
function siteNamed(records: Records, name: string): SiteRecord | undefined {
  const isRoot = (site: SiteRecord): boolean =>
    name === 'root' || name === site.id.toLowerCase().split(',')[0];
  return (
    sites.get(records, name) ??
    sites.find(records, 'path:').find(isRoot) ??
    sites.find(records, `collection:${name}`)[0]
  );
}

/** The drive of a site's library: the default library, or the one with the list's id or name. @throws ServiceError 404. */
export function libraryDrive(records: Records, site: SiteRecord, list?: string): DriveRecord {
  const lowerList = list?.toLowerCase();
  const library = site.libraries.find(
    (one, index) =>
      (lowerList === undefined && index === 0) ||
      one.listId === lowerList ||
      one.name.toLowerCase() === lowerList ||
      (lowerList !== undefined && driveOfLibrary(records, one)?.name.toLowerCase() === lowerList),
  );
  const drive = library === undefined ? undefined : driveOfLibrary(records, library);
  if (drive === undefined) throw itemNotFound('The list or library could not be found.');
  return drive;
}
