/**
 * Rewrites the paths of other hosts of the service to those of this server: OneDrive's older host has `/drive` where Graph
 * has `/me/drive` (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/direct-endpoint-differences), and
 * SharePoint puts the path of a site before its API (https://learn.microsoft.com/sharepoint/dev/apis/sharepoint-rest-graph).
 */
import {
  type Handler,
  requestWith,
  type ServerRequest,
  type ServerResponse,
  wholeText,
} from '../../core/http.ts';
import { transferPath } from './transfer-hosts.ts';

const olderHost = 'api.onedrive.com';

/** The path on this server; unchanged for hosts without special paths. */
export function cloudPath(host: string, path: string): string {
  const transfer = transferPath(host, path);
  if (transfer !== undefined) return transfer;
  if (host === olderHost) return path.replace(/^\/v1\.0\/(drive|drives)(?=[/:]|$)/, ownDrive);
  if (/\.sharepoint\.(?:com|us|cn)$/.test(host))
    return path.replace(/^(?:\/[^/]+){1,3}(?=\/_api\/v2\.[01](?:\/|$))/, '');
  return path;
}

/** `/drives/{id}` is the same on both. */
function ownDrive(whole: string, word: string): string {
  return word === 'drive' ? '/v1.0/me/drive' : whole;
}

/**
 * The older host and SharePoint use the annotation `@content.downloadUrl`, which Graph prefixes with its own name (the same
 * page), and return the token of a delta next to its link: github.com/OneDrive/onedrive-sdk-python, items_collection.py.
 */
async function withDirectNames(answering: Promise<ServerResponse>): Promise<ServerResponse> {
  const answer = await answering;
  // The content of a file may have a JSON type too; it is never changed.
  const isServerJson = answer.headers['Content-Type']?.includes('odata.metadata=') === true;
  const text = typeof answer.body === 'string' || isServerJson ? wholeText(answer.body) : undefined;
  return text !== undefined
    ? {
        ...answer,
        body: text
          .replaceAll('"@microsoft.graph.downloadUrl":', '"@content.downloadUrl":')
          .replace(deltaLink, '$&,"@delta.token":"$1"'),
      }
    : answer;
}

const deltaLink = /"@odata\.(?:deltaLink|nextLink)":"[^"]*\/delta\?token=([\w-]+)[^"]*"/;

/** Whether the host uses the older annotations. */
const isDirect = (host: string, path: string): boolean =>
  host === olderHost || /\/_api\/v2\.[01]\//.test(path);

/** Wraps the handler with {@link cloudPath}. */
export function withCloudPaths(handler: Handler): Handler {
  return (request) => {
    const { hostname, pathname } = request.url;
    const path = cloudPath(hostname, pathname);
    if (isDirect(hostname, pathname) && transferPath(hostname, pathname) === undefined)
      return withDirectNames(handler(withTokenInHeader(moved(request, path), hostname)));
    return handler(path === pathname ? request : moved(request, path));
  };
}

/**
 * The older host also accepts a token in the query, which OAuth libraries send for a GET (RFC 6750 §2.3; passport-onedrive
 * reads the drive in this way); it is moved from the URL to a header.
 */
function withTokenInHeader(request: ServerRequest, host: string): ServerRequest {
  const token = request.url.searchParams.get('access_token');
  if (host !== olderHost || token === null || request.headers['authorization'] !== undefined) return request;
  const url = new URL(request.url.href);
  url.searchParams.delete('access_token');
  return requestWith(request, { url, headers: { ...request.headers, authorization: `Bearer ${token}` } });
}

/** The request with another path on the same host. */
function moved(request: ServerRequest, path: string): ServerRequest {
  const url = new URL(request.url.href);
  url.pathname = path;
  return requestWith(request, { url });
}
