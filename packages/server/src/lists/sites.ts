/** Finding sites, groups and libraries. https://learn.microsoft.com/graph/api/site-get, …/site-getbypath */
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

/** May an account see a site? */
export function maySee(site: SiteRecord, account: AccountRecord): boolean {
  if (account.application === true) return true;
  if (account.kind !== 'business') return false;
  const { members, visitors = [] } = site;
  return members === undefined || [...members, ...visitors].includes(account.id);
}

/**
 * A site by id, `root`, host, or `host:/path` (also `root:/path` and `{id}:/path`).
 * @throws ServiceError 404 where there is none, 403 where it is not the account's to see, 400 for personal accounts.
 */
export function findSite(records: Records, name: string, account: AccountRecord): SiteRecord {
  const found = lookUp(sites.list(records), name);
  if (found === undefined)
    throw itemNotFound('The provided path does not exist, or does not represent a site');
  if (!maySee(found, account)) throw accessDenied();
  return found;
}

function lookUp(all: readonly SiteRecord[], name: string): SiteRecord | undefined {
  const at = name.indexOf(':');
  const start = (at === -1 ? name : name.slice(0, at)).toLowerCase();
  const path = at === -1 ? '' : name.slice(at + 1);
  const base = all.find((site) => isNamed(site, start));
  const wanted = path
    .split('/')
    .filter((part) => part !== '')
    .join('/')
    .toLowerCase();
  if (base === undefined || wanted === '') return base;
  const full = [base.path.toLowerCase(), wanted].filter((part) => part !== '').join('/');
  return all.find((site) => site.path.toLowerCase() === full);
}

/** The root site answers to `root` and to its host, every site to its id and to the GUID of its site collection. */
function isNamed(site: SiteRecord, name: string): boolean {
  const [host = '', collection] = site.id.toLowerCase().split(',');
  if (site.path === '' && (name === 'root' || name === host)) return true;
  return name === site.id.toLowerCase() || (site.parent === undefined && name === collection);
}

/** The drive of a site's library: the default one, or that of a list's id or name. @throws ServiceError 404. */
export function libraryDrive(records: Records, site: SiteRecord, list?: string): DriveRecord {
  const wanted = list?.toLowerCase();
  const library = site.libraries.find(
    (one, index) =>
      (wanted === undefined && index === 0) ||
      one.listId === wanted ||
      one.name.toLowerCase() === wanted ||
      (wanted !== undefined && driveOfLibrary(records, one)?.name.toLowerCase() === wanted),
  );
  const drive = library === undefined ? undefined : driveOfLibrary(records, library);
  if (drive === undefined) throw itemNotFound('The list or library could not be found.');
  return drive;
}
