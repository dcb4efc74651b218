/** What a fault does inside the server: it ends tokens, sessions and download URLs before their time. */

import { type Handler, requestWith, type ServerRequest } from '../../core/http.ts';
import { ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { uploadSessions } from '../../files/uploads/upload-session-record.ts';
import { accessTokens } from '../../identity/records.ts';
import type { FaultHands } from '../faults/with-faults.ts';

export interface ServerHands extends FaultHands {
  /** The handler, but for download URLs that were ended. */
  guard(handler: Handler): Handler;
}

export function serverHands(world: World): ServerHands {
  const ended = new Set<string>();
  return {
    async expire(what, request) {
      if (what === 'token') endToken(world, request);
      if (what === 'session') changeSession(world, request, { expires: 0 });
      if (what === 'download-url') {
        ended.add(request.url.pathname);
        world.tickets.round += 1;
      }
    },
    async forget(from, request) {
      changeSession(world, request, { received: from });
    },
    guard: (handler) => (request) =>
      ended.has(request.url.pathname) ? handler(withoutTicket(request)) : handler(request),
  };
}

function endToken(world: World, request: ServerRequest): void {
  const token = /^bearer\s+(\S+)/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined) return;
  const digest = world.digest(token);
  const own = world.processTokens.get(digest);
  if (own !== undefined) world.processTokens.set(digest, { ...own, expires: 0 });
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

/** An ended URL is answered as one that was never given out. */
function withoutTicket(request: ServerRequest): ServerRequest {
  const url = new URL(request.url.href);
  if (!url.pathname.startsWith('/_content/'))
    throw new ServiceError(401, 'unauthenticated', 'The URL has expired.');
  url.pathname = '/_content/expired';
  return requestWith(request, { url });
}
