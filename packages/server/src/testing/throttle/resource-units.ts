/**
 * What a request costs, in resource units, as OneDrive and SharePoint price their calls: 1 for a single item, a delta
 * with a token and a download, 2 for lists and writes, 5 for anything about permissions.
 * Source: https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */

/** Resource units of one request; 0 for what the price list does not cover (sign-in, pages, control). */
export function resourceUnits(method: string, path: string, search: string): 0 | 1 | 2 | 5 {
  // The members of a batch are priced one by one: https://learn.microsoft.com/graph/throttling#throttling-and-batching
  if (path.endsWith('/$batch')) return 0;
  if (!/^\/(v1\.0|beta|_api\/v2\.[01])\//.test(path)) return 0;
  if (
    /\/(permissions|invite|createLink|permission)(\/|\(|$)/.test(path) ||
    /expand=[^&]*permissions/i.test(search)
  )
    return 5;
  if (method !== 'GET' && method !== 'HEAD') return 2;
  if (/\/delta(\(|$)/.test(path))
    return /token=[^&)']/.test(path + search) || /token='[^']/.test(path) ? 1 : 2;
  return /\/(children|search|recent|sharedWithMe|versions|thumbnails|drives|following|items)(\(.*\))?$/.test(
    path,
  )
    ? 2
    : 1;
}
