/**
 * Returns the cost of a request in resource units, by which the service throttles: 1 for one item, a
 * download, or changes since a token; 2 for lists and all writes; 5 for permissions. Pure. Source:
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#how-to-handle-throttling
 */
import type { HttpRequest } from '../transport.ts';

/** Resource units of a Microsoft Graph request; 1 for requests that the source does not list. */
export function resourceUnits({ method, url }: Pick<HttpRequest, 'method' | 'url'>): 1 | 2 | 5 {
  const [path = '', query = ''] = url.split('?');
  if (/\/(permissions?|invite|createLink)(\/|$)/i.test(path) || /expand=[^&]*permissions/i.test(query))
    return 5;
  if (!/^(GET|HEAD)$/i.test(method)) return 2;
  if (/\/delta(\(|$)/.test(path)) return /token=[^&)']|token='[^']/.test(`${path}?${query}`) ? 1 : 2;
  return /\/(children|recent|sharedWithMe|versions|thumbnails|search\([^/]*\))$/.test(path) ? 2 : 1;
}
