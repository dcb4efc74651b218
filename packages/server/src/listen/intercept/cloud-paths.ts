/**
 * The paths under which other hosts of the service offer the same API, made into those that this server knows:
 * OneDrive's older host speaks of `/drive` where Graph says `/me/drive`
 * (https://learn.microsoft.com/onedrive/developer/rest-api/concepts/direct-endpoint-differences), and SharePoint puts
 * the path of a site before its API (https://learn.microsoft.com/sharepoint/dev/apis/sharepoint-rest-graph).
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

/** The path as this server knows it; the same where the host has no ways of its own. */
export function cloudPath(host: string, path: string): string {
  const transfer = transferPath(host, path);
  if (transfer !== undefined) return transfer;
  if (host === olderHost) return path.replace(/^\/v1\.0\/(drive|drives)(?=[/:]|$)/, ownDrive);
  if (/\.sharepoint\.(?:com|us|cn)$/.test(host))
    return path.replace(/^(?:\/[^/]+){1,3}(?=\/_api\/v2\.[01](?:\/|$))/, '');
  return path;
}

/** `/drives/{id}` is the same in both. */
function ownDrive(whole: string, word: string): string {
  return word === 'drive' ? '/v1.0/me/drive' : whole;
}

/**
 * The older host and SharePoint call the annotations of an item `@content.downloadUrl`, where Graph puts its own name
 * before them (the same page), and tell the token of a delta beside its link: github.com/OneDrive/onedrive-sdk-python,
 * items_collection.py.
 */
async function withDirectNames(answering: Promise<ServerResponse>): Promise<ServerResponse> {
  const answer = await answering;
  // A file may be called JSON too: its bytes are its own.
  const ours = answer.headers['Content-Type']?.includes('odata.metadata=') === true;
  const text = typeof answer.body === 'string' || ours ? wholeText(answer.body) : undefined;
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

/** Does the host speak of annotations as it did before Graph? */
const isDirect = (host: string, path: string): boolean =>
  host === olderHost || /\/_api\/v2\.[01]\//.test(path);

/** The handler, behind {@link cloudPath}. */
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
 * The older host takes a token in the query too, as OAuth libraries send it for a GET (RFC 6750 §2.3; passport-onedrive
 * reads the drive so); the address goes on without it.
 */
function withTokenInHeader(request: ServerRequest, host: string): ServerRequest {
  const token = request.url.searchParams.get('access_token');
  if (host !== olderHost || token === null || request.headers['authorization'] !== undefined) return request;
  const url = new URL(request.url.href);
  url.searchParams.delete('access_token');
  return requestWith(request, { url, headers: { ...request.headers, authorization: `Bearer ${token}` } });
}

/** The request at another path of the same host. */
function moved(request: ServerRequest, path: string): ServerRequest {
  const url = new URL(request.url.href);
  url.pathname = path;
  return requestWith(request, { url });
}
