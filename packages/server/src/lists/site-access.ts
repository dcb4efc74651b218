/**
 * Access to the pages, content types and permissions of a site. Members write, visitors read, and an application that acts
 * for itself may do everything.
 */
import { isConfined } from '../core/confine.ts';
import { accessDenied } from '../core/service-error.ts';
import { type GraphContext, param } from '../files/drives/drive-route.ts';
import type { Records } from '../storage/storage.ts';
import type { SiteRecord } from './site-record.ts';
import { findSite } from './sites.ts';

/**
 * The site in the address of a request.
 * @throws ServiceError 404 if it does not exist, 403 if the caller lacks permission.
 */
export function siteOf(records: Records, context: GraphContext, wanted: 'read' | 'write'): SiteRecord {
  const { account } = context.caller;
  if (isConfined(context.caller)) throw accessDenied();
  const site = findSite(records, param(context, 'site'), account);
  const writes =
    account.application === true || site.members === undefined || site.members.includes(account.id);
  if (wanted === 'write' && !writes) throw accessDenied();
  return site;
}
