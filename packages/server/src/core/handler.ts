/**
 * The server as a function: request ids, verb tunneling, CORS, routing, and error bodies. Every thrown error is handled
 * here, so that 500 always means a defect of this server.
 */

import { readableBy, refuseForeign } from '../guard/cross-origin.ts';
import { answerLive, liveFlatRoutes } from '../live-v5/routes/answer-live.ts';
import { isLivePath } from '../live-v5/routes/live-dispatch.ts';
import { empty, errorAnswer, type RequestIds } from './answers.ts';
import { commonHeaders, idsOf, withCommon } from './common-headers.ts';
import { dispatchGraph, graphPrefix } from './dispatch.ts';
import { type Handler, requestWith, type ServerRequest, type ServerResponse, wholeText } from './http.ts';
import { matchPattern, plainSegments } from './match.ts';
import { wantsNoMetadata, withoutMetadata } from './odata/metadata-level.ts';
import type { Route } from './route.ts';
import { ServiceError } from './service-error.ts';
import { storageRefusal } from './storage-refusal.ts';
import type { World } from './world.ts';

/**
 * Creates the handler for flat routes (sign-in, download and upload URLs, pages) and the drive API.
 * @param again handles the members of a batch: the whole server, including everything that wraps this handler.
 */
export function createHandler(world: World, routes: readonly Route[], again: Handler): Handler {
  const all = [...routes, ...liveFlatRoutes];
  return async (request) => {
    const ids = idsOf(request, world);
    const answer = await answerSafely(request, { world, routes: all, again }, ids);
    const plain = wantsNoMetadata(request.headers['accept']) ? bare(answer) : answer;
    const headers: Record<string, string> = withCommon(plain.headers, commonHeaders(request, ids, world));
    if (request.method === 'HEAD' && !('Content-Length' in headers)) Object.assign(headers, lengthOf(plain));
    return { status: plain.status, headers, body: plain.body };
  };
}

/** The response of the drive API, without OData's control information if the client requests that. */
function bare(answer: ServerResponse): ServerResponse {
  const { body, headers } = answer;
  const type = headers['Content-Type'];
  const text = type?.includes('odata.metadata=minimal') === true ? wholeText(body) : undefined;
  if (type === undefined || text === undefined) return answer;
  return {
    ...answer,
    headers: { ...headers, 'Content-Type': type.replace('odata.metadata=minimal', 'odata.metadata=none') },
    body: JSON.stringify(withoutMetadata(JSON.parse(text))),
  };
}

interface Served {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly again: Handler;
}

async function answerSafely(
  request: ServerRequest,
  served: Served,
  ids: RequestIds,
): Promise<ServerResponse> {
  try {
    refuseForeign(request, served.world, () => openness(request, served.routes));
    return await (answerLive(request, served.world) ?? route(tunnelled(request), served));
  } catch (error) {
    if (error instanceof ServiceError) return errorAnswer(error, ids);
    const refusal = storageRefusal(error);
    if (refusal !== undefined) return errorAnswer(refusal, ids);
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return errorAnswer(
      new ServiceError(
        500,
        'generalException',
        `The embedded server failed. This is a defect of the server. ${what}`,
      ),
      ids,
    );
  }
}

function lengthOf(answer: ServerResponse): Record<string, string> {
  const { body } = answer;
  if (body === undefined) return {};
  if (typeof body === 'string')
    return { 'Content-Length': String(new TextEncoder().encode(body).byteLength) };
  const length = body instanceof Uint8Array ? body.byteLength : body.length;
  return length === undefined ? {} : { 'Content-Length': String(length) };
}

/** `POST` with `X-HTTP-Method-Override: DELETE` is a DELETE: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/http-verb-tunneling */
function tunnelled(request: ServerRequest): ServerRequest {
  const method = request.headers['x-http-method-override'];
  return request.method === 'POST' && method !== undefined
    ? requestWith(request, { method: method.toUpperCase() })
    : request;
}

function route(
  request: ServerRequest,
  { world, routes, again }: Served,
): ServerResponse | Promise<ServerResponse> {
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined)
    return preflight(request, world);
  const path = request.url.pathname;
  const prefix = graphPrefix(path);
  if (prefix !== undefined) return dispatchGraph(request, world, prefix, again);
  return answerFlat(request, world, routes, path);
}

/** `Access-Control-Allow-Origin` is set by the common headers. */
function preflight(request: ServerRequest, world: World): ServerResponse {
  if (readableBy(request, world) === undefined) return empty(204);
  return empty(204, {
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, MOVE, COPY, OPTIONS',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Max-Age': '600',
    // https://wicg.github.io/private-network-access/: an allowed page on the web calls this machine.
    ...(request.headers['access-control-request-private-network'] === 'true'
      ? { 'Access-Control-Allow-Private-Network': 'true' }
      : {}),
  });
}

/** How pages of other sites may open the address; undefined: not at all. */
function openness(request: ServerRequest, routes: readonly Route[]): Route['opensFromAnySite'] {
  const path = request.url.pathname;
  const segments = graphPrefix(path) === undefined && !isLivePath(path) ? plainSegments(path) : undefined;
  if (segments === undefined) return undefined;
  const opens = ({ method, pattern, opensFromAnySite }: Route) =>
    opensFromAnySite !== undefined && method === 'GET' && matchPattern(pattern, segments) !== undefined;
  return routes.find(opens)?.opensFromAnySite;
}

function answerFlat(
  request: ServerRequest,
  world: World,
  routes: readonly Route[],
  path: string,
): Promise<ServerResponse> {
  const segments = plainSegments(path);
  const matches = routes.flatMap((candidate) => {
    const params = segments === undefined ? undefined : matchPattern(candidate.pattern, segments);
    return params === undefined ? [] : [{ candidate, params }];
  });
  const exact = matches.find(({ candidate }) => candidate.method === request.method);
  const match =
    exact ??
    (request.method === 'HEAD' ? matches.find(({ candidate }) => candidate.method === 'GET') : undefined);
  if (match !== undefined)
    return match.candidate.handle({ request, world, params: match.params, query: request.url.searchParams });
  if (matches.length === 0)
    throw new ServiceError(404, 'itemNotFound', `No route matches ${path.slice(0, 200)}.`);
  throw new ServiceError(405, 'invalidRequest', 'The HTTP method is not allowed on this resource.', {
    headers: { Allow: matches.map(({ candidate }) => candidate.method).join(', ') },
  });
}
