/**
 * The cost of a request in the resource units of OneDrive and SharePoint: 1 for a single item, a delta with a token and
 * a download, 2 for lists and writes, 5 for requests about permissions.
 * Source: https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online
 */

/** Resource units of one request; 0 for requests that Microsoft's list does not include (sign-in, pages, control). */
export function resourceUnits(method: string, path: string, search: string): 0 | 1 | 2 | 5 {
  // The requests in a batch are counted individually: https://learn.microsoft.com/graph/throttling#throttling-and-batching
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
