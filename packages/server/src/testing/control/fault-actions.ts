/** Faults that change the state of the server: they expire tokens, upload sessions and download URLs early. */

import { type Handler, requestWith, type ServerRequest } from '../../core/http.ts';
import { ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { uploadSessions } from '../../files/uploads/upload-session-record.ts';
import { accessTokens } from '../../identity/records.ts';
import type { FaultActions } from '../faults/with-faults.ts';

export interface ServerFaultActions extends FaultActions {
  /** The handler, which then refuses the expired download URLs. */
  guard(handler: Handler): Handler;
}

export function serverFaultActions(world: World): ServerFaultActions {
  const expiredPaths = new Set<string>();
  return {
    async expire(what, request) {
      if (what === 'token') expireToken(world, request);
      if (what === 'session') changeSession(world, request, { expires: 0 });
      if (what === 'download-url') {
        expiredPaths.add(request.url.pathname);
        world.downloadUrls.generation += 1;
      }
    },
    async forget(from, request) {
      changeSession(world, request, { received: from });
    },
    guard: (handler) => (request) =>
      expiredPaths.has(request.url.pathname) ? handler(withUnissuedUrl(request)) : handler(request),
  };
}

function expireToken(world: World, request: ServerRequest): void {
  const token = /^bearer\s+(\S+)/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined) return;
  const digest = world.digest(token);
  const processToken = world.processTokens.get(digest);
  if (processToken !== undefined) world.processTokens.set(digest, { ...processToken, expires: 0 });
  world.storage.write((records) => {
    const record = accessTokens.get(records, digest);
    if (record !== undefined) accessTokens.put(records, digest, { ...record, expires: 0 });
  });
}

function changeSession(
  world: World,
  request: ServerRequest,
  change: { expires?: number; received?: number },
): void {
  const secret = /^\/_upload\/([^/]+)/.exec(request.url.pathname)?.[1];
  if (secret === undefined) return;
  world.storage.write((records) => {
    const session = uploadSessions.get(records, secret);
    if (session === undefined) return;
    const received = Math.min(session.received, change.received ?? session.received);
    uploadSessions.put(records, secret, { ...session, ...change, received });
  });
}

/** The request with a URL that was never issued: an expired URL gets the same response. */
function withUnissuedUrl(request: ServerRequest): ServerRequest {
  const url = new URL(request.url.href);
  if (!url.pathname.startsWith('/_content/'))
    throw new ServiceError(401, 'unauthenticated', 'The URL has expired.');
  url.pathname = '/_content/expired';
  return requestWith(request, { url });
}
