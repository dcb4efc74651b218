/** Finds sites, groups and libraries. https://learn.microsoft.com/graph/api/site-get, …/site-getbypath */
import { accessDenied, itemNotFound, noSuchObject } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { AccountRecord } from '../people/account-record.ts';
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
  const site = lookUp(sites.list(records), name);
  if (site === undefined)
    throw itemNotFound('The provided path does not exist, or does not represent a site');
  if (!maySee(site, account)) throw accessDenied();
  return site;
}

function lookUp(all: readonly SiteRecord[], name: string): SiteRecord | undefined {
  const at = name.indexOf(':');
  const start = (at === -1 ? name : name.slice(0, at)).toLowerCase();
  const path = at === -1 ? '' : name.slice(at + 1);
  const base = all.find((site) => isNamed(site, start));
  const normalized = path
    .split('/')
    .filter((part) => part !== '')
    .join('/')
    .toLowerCase();
  if (base === undefined || normalized === '') return base;
  const full = [base.path.toLowerCase(), normalized].filter((part) => part !== '').join('/');
  return all.find((site) => site.path.toLowerCase() === full);
}

/** The root site is found by `root` and by its host, every site by its id and by the GUID of its site collection. */
function isNamed(site: SiteRecord, name: string): boolean {
  const [host = '', collection] = site.id.toLowerCase().split(',');
  if (site.path === '' && (name === 'root' || name === host)) return true;
  return name === site.id.toLowerCase() || (site.parent === undefined && name === collection);
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
