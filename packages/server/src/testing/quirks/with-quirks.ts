/** Decorates a handler with the enabled quirks of responses and uploads. The other quirks are in the routes. */

import { type Handler, type ServerRequest, type ServerResponse, wholeText } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import { errorBody } from './error-body.ts';
import type { QuirkName } from './quirks.ts';
import { type QuirkContext, quirkyJson } from './quirky-json.ts';
import { rewriteUpload } from './rewrite-office.ts';

/** `core` with the quirks that are enabled when a request arrives. */
export function withQuirks(core: Handler, world: World): Handler {
  return async (request) => {
    const quirks: ReadonlySet<QuirkName> = new Set(world.settings.quirks);
    if (quirks.size === 0) return core(request);
    const path = request.url.pathname;
    if (!/^\/(?:v1\.0|beta|_api|_upload)\//.test(path)) return core(request);
    const refusal = refuse(request, quirks);
    if (refusal !== undefined) return refusal;
    const response = await core(request);
    if (quirks.has('patch-without-answer') && isChangedItem(request, response)) return withoutBody(response);
    const body = bodyOf(response);
    if (body === undefined) return response;
    if (quirks.has('office-rewrite') && isUpload(request, response)) await rewriteUpload(world, body);
    return { ...response, body: JSON.stringify(changed(body, request, quirks, world)) };
  };
}

function refuse({ url, headers }: ServerRequest, quirks: ReadonlySet<QuirkName>): ServerResponse | undefined {
  const hasToken = url.pathname.startsWith('/_upload/') && headers['authorization'] !== undefined;
  if (hasToken && quirks.has('upload-url-rejects-token'))
    return errorBody(
      401,
      'unauthenticated',
      'Requests to an upload URL must not have an Authorization header.',
    );
  return undefined;
}

function isChangedItem({ method }: ServerRequest, response: ServerResponse): boolean {
  const body = method === 'PATCH' ? bodyOf(response) : undefined;
  return typeof body === 'object' && body !== null && 'parentReference' in body;
}

function withoutBody({ headers }: ServerResponse): ServerResponse {
  const rest = Object.entries(headers).filter(([name]) => name !== 'Content-Type');
  return { status: 204, headers: Object.fromEntries(rest) };
}

function bodyOf({ status, headers, body }: ServerResponse): unknown {
  const json = headers['Content-Type']?.startsWith('application/json') === true;
  const text = json && status < 300 ? wholeText(body) : undefined;
  return text === undefined ? undefined : JSON.parse(text);
}

/** Whether this request completed the upload of a file. */
function isUpload({ method, url }: ServerRequest, { status }: ServerResponse): boolean {
  if (status !== 200 && status !== 201) return false;
  return (
    (method === 'PUT' && /\/content$/.test(url.pathname)) ||
    (method !== 'GET' && url.pathname.startsWith('/_upload/'))
  );
}

function changed(
  body: unknown,
  request: ServerRequest,
  quirks: ReadonlySet<QuirkName>,
  world: World,
): unknown {
  const of = kindOf(request);
  return quirkyJson(body, { quirks, now: world.clock.now(), of });
}

function kindOf({ method, url }: ServerRequest): QuirkContext['of'] {
  if (method !== 'GET') return 'other';
  if (url.pathname.endsWith('/children')) return 'children';
  if (/\/search\(/.test(url.pathname)) return 'search';
  return /\/delta(?:\(.*\))?$/.test(url.pathname) ? 'delta' : 'other';
}
