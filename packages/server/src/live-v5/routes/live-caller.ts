/** The caller of a Live v5.0 request: the token is in a header or, in most clients, in the query. */

import { requestWith, type ServerRequest } from '../../core/http.ts';
import { ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import { authenticate, type Caller } from '../../identity/access-tokens.ts';
import { type LiveAccess, liveAllows, neededFor } from '../live-access.ts';
import { LiveRefusal, refusals } from '../live-refusal.ts';

/** @throws LiveRefusal 401 if the token is missing, unknown or expired, 403 for an account that v5.0 does not support. */
export function authenticateLive(request: ServerRequest, world: World): Caller {
  const token = tokenOf(request);
  if (token === undefined) throw refusals.tokenMissing();
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  try {
    const caller = authenticate(requestWith(request, { headers }), world);
    if (caller.account.kind === 'personal') return caller;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const expired = error.headers['WWW-Authenticate']?.includes('expired_token');
    throw expired ? refusals.tokenExpired() : refusals.tokenInvalid();
  }
  throw new LiveRefusal(
    403,
    'request_token_unauthorized',
    'The Live v5.0 API serves personal accounts only; use the Microsoft Graph API for this account.',
  );
}

function tokenOf(request: ServerRequest): string | undefined {
  const header = /^\s*bearer\s+(\S+)\s*$/i.exec(request.headers['authorization'] ?? '')?.[1];
  return header ?? (request.url.searchParams.get('access_token') || undefined);
}

/** @throws LiveRefusal 403 with the scopes of which one is required. */
export function requireLive(caller: Caller, access: LiveAccess): void {
  if (!liveAllows(caller.scopes, access)) throw refusals.unauthorized(neededFor(access));
}
