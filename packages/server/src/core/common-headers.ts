/**
 * Headers of every response: the ids of the request, and CORS headers for pages on this machine and from allowed origins.
 * Responses of throttling and of a fault plan have them too; without them such a page could not read the response.
 */

import { readableBy } from '../guard/cross-origin.ts';
import type { RequestIds } from './answers.ts';
import { isObject } from './body.ts';
import { guidOf } from './guid.ts';
import type { Handler, ServerRequest, ServerResponse } from './http.ts';
import type { World } from './world.ts';

/** A new id for the request; the client's own id is returned as well. */
export function idsOf(request: ServerRequest, world: Pick<World, 'random' | 'clock'>): RequestIds {
  const requestId = guidOf(world.random.bytes(16)).toLowerCase();
  const sent = request.headers['client-request-id'];
  const clientRequestId = sent !== undefined && /^[\w.:{}-]{1,128}$/.test(sent) ? sent : requestId;
  return { requestId, clientRequestId, now: world.clock.now() };
}

/** Headers that a page of another origin can read. */
const exposed =
  'ETag, Location, Retry-After, request-id, client-request-id, Content-Range, Accept-Ranges, WWW-Authenticate';

/** The parts of the world that the headers depend on. */
type HeaderWorld = Pick<World, 'random' | 'clock' | 'settings' | 'storage'>;

/** The common headers of the response to `request`. */
export function commonHeaders(
  request: ServerRequest,
  ids: RequestIds,
  world: HeaderWorld,
): Record<string, string> {
  const headers = { 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId, Vary: 'Origin' };
  const origin = readableBy(request, world);
  return origin === undefined
    ? headers
    : { ...headers, 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed };
}

/** Adds the common headers to `headers`; an existing `Vary` is kept. */
export function withCommon(
  headers: Readonly<Record<string, string>>,
  common: Readonly<Record<string, string>>,
): Record<string, string> {
  const { Vary: own } = headers;
  return Object.assign({}, headers, common, own === undefined ? {} : { Vary: `${own}, Origin` });
}

/** Wraps the handler, so that responses created outside the core have these headers too. */
export function withCommonHeaders(handler: Handler, world: HeaderWorld): Handler {
  return async (request) => {
    const answer = await handler(request);
    if ('request-id' in answer.headers) return answer;
    const ids = idsOf(request, world);
    const headers = { ...commonHeaders(request, ids, world), ...answer.headers };
    return { ...answer, headers, body: bodyWithIds(answer, ids) };
  };
}

/** Adds the ids to an error body: https://learn.microsoft.com/graph/errors */
function bodyWithIds({ body, headers, status }: ServerResponse, ids: RequestIds): ServerResponse['body'] {
  const json = status >= 400 && headers['Content-Type']?.startsWith('application/json') === true;
  if (!json || typeof body !== 'string') return body;
  const whole = parsed(body);
  const error = isObject(whole) ? whole['error'] : undefined;
  if (!isObject(whole) || !isObject(error)) return body;
  const own = { 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId };
  const inner = isObject(error['innerError']) ? error['innerError'] : {};
  return JSON.stringify({ ...whole, error: { ...error, innerError: { ...inner, ...own } } });
}

/** A fault plan may set the JSON content type for a body that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
