/**
 * What a request costs at the service, which counts work and not requests: 1 for one item, a download, or changes
 * since a token; 2 for lists and everything that writes; 5 for permissions. Pure.
 * Source: https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#how-to-handle-throttling
 */
import type { HttpRequest } from '../transport.ts';

/** Resource units of a request to Microsoft Graph; 1 for what the list does not name. */
export function resourceUnits({ method, url }: Pick<HttpRequest, 'method' | 'url'>): 1 | 2 | 5 {
  const [path = '', query = ''] = url.split('?');
  if (/\/(permissions?|invite|createLink)(\/|$)/i.test(path) || /expand=[^&]*permissions/i.test(query))
    return 5;
  if (!/^(GET|HEAD)$/i.test(method)) return 2;
  if (/\/delta(\(|$)/.test(path)) return /token=[^&)']|token='[^']/.test(`${path}?${query}`) ? 1 : 2;
  return /\/(children|recent|sharedWithMe|versions|thumbnails|search\([^/]*\))$/.test(path) ? 2 : 1;
}
