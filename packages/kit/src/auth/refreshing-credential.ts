/**
 * A credential that renews its token: one renewal at a time across the requests of this process and across
 * processes, and with the new refresh token saved before the new access token is used. Expiry is computed on
 * this machine's clock from the time of the response; if that clock jumped, the service responds with 401,
 * which forces one renewal.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { AccessToken, GetTokenOptions, TokenCredential } from '../http/token-credential.ts';
import type { Clock } from '../platform/clock.ts';
import type { Lock } from '../platform/lock.ts';
import type { SessionStore, SignInSession } from './session-store.ts';
import { type Flight, sharedFlight } from './shared-flight.ts';
import type { TokenGrant } from './token-grant.ts';

/** Dependencies of a credential that renews its token. */
export interface RefreshingCredentialOptions {
  readonly sessions: SessionStore;
  /** Must exclude other processes that use the same session. */
  readonly lock: Lock;
  /** The same for every process that uses the session. */
  readonly lockName: string;
  readonly clock: Clock;
  /** One renewal: the refresh grant, or any other way to turn a session into a token. */
  readonly renew: (session: SignInSession, signal: AbortSignal, claims?: string) => Promise<TokenGrant>;
}

/** A credential of a signed-in user. */
export interface RefreshingCredential extends TokenCredential {
  /** Renews now, even if the present token is valid. @throws like `getToken`. */
  refresh(options?: { readonly signal?: AbortSignal | undefined }): Promise<AccessToken>;
}

/** A token is renewed this long before it expires: longer than a request waits in a queue. */
const margin = 5 * 60_000;

interface HeldToken extends AccessToken {
  /** Milliseconds since the epoch. */
  readonly renewAt: number;
}

/** Creates the credential; nothing is read before the first token is needed. */
export function refreshingCredential(options: RefreshingCredentialOptions): RefreshingCredential {
  let held: HeldToken | undefined;
  const flight: Flight<HeldToken, Wanted> = sharedFlight(async (wanted, signal) => {
    held = await renewOnce(options, { ...wanted, seen: held?.token }, signal);
    return held;
  });
  const current = async (rejected: string | undefined): Promise<HeldToken | undefined> => {
    held ??= heldToken(await options.sessions.read(), margin);
    return held && isUsable(held, rejected, options.clock.now()) ? held : undefined;
  };
  const getToken = async (_scopes: unknown, { abortSignal, rejectedToken, claims }: GetTokenOptions = {}) => {
    abortSignal?.throwIfAborted();
    let token = await current(rejectedToken);
    // A renewal in progress may return the very token that was refused to this caller.
    for (let flights = 0; !token && flights < 2; flights++) {
      const renewed = await flight.join({ rejected: rejectedToken, claims }, abortSignal);
      token = renewed.token === rejectedToken ? undefined : renewed;
    }
    if (!token) throw stillRefused();
    return { token: token.token, expiresOnTimestamp: token.expiresOnTimestamp };
  };
  return {
    getToken,
    refresh: async ({ signal } = {}) => {
      const { accessToken } = await options.sessions.read();
      return getToken('', {
        ...(signal ? { abortSignal: signal } : {}),
        rejectedToken: held?.token ?? accessToken ?? '',
      });
    },
  };
}

interface Wanted {
  /** The token that the service refused. */
  readonly rejected: string | undefined;
  /** Additional claims that the service requires. */
  readonly claims: string | undefined;
}

interface Outdated extends Wanted {
  /** The token that was in the store before the wait for the lock. */
  readonly seen: string | undefined;
}

/**
 * Called with the lock held. Another process may have renewed the token during the wait; then there is
 * nothing left to do.
 */
async function renewOnce(
  { sessions, lock, lockName, clock, renew }: RefreshingCredentialOptions,
  { rejected, claims, seen }: Outdated,
  signal: AbortSignal,
): Promise<HeldToken> {
  const release = await lock.acquire(lockName, { signal });
  try {
    const session = await sessions.read();
    const isNew = session.accessToken !== seen;
    const stored = heldToken(session, isNew ? shortMargin(session, clock.now()) : margin);
    if (stored && isUsable(stored, rejected, clock.now())) return stored;
    const grant = await renew(session, signal, claims);
    const renewed = sessionOf(grant, session, clock.now());
    await sessions.save(renewed);
    return {
      token: grant.accessToken,
      expiresOnTimestamp: renewed.expiresAt,
      renewAt: renewed.expiresAt - shortMargin(renewed, clock.now()),
    };
  } finally {
    await release();
  }
}

/** The session after a grant; the refresh token that was used is kept if there is no new one. */
export function sessionOf(
  grant: TokenGrant,
  before: SignInSession,
  now: number,
): SignInSession & { readonly expiresAt: number } {
  return {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken ?? before.refreshToken,
    expiresAt: now + grant.expiresIn * 1000,
    scopes: grant.scopes ?? before.scopes,
    account: grant.account ?? before.account,
  };
}

function heldToken({ accessToken, expiresAt }: SignInSession, early: number): HeldToken | undefined {
  if (accessToken === undefined || expiresAt === undefined) return undefined;
  return { token: accessToken, expiresOnTimestamp: expiresAt, renewAt: expiresAt - early };
}

/** For a token that was issued just now: at most half of its lifetime. */
function shortMargin({ expiresAt = 0 }: SignInSession, now: number): number {
  return Math.min(margin, Math.max(0, (expiresAt - now) / 2));
}

function isUsable(token: HeldToken, rejected: string | undefined, now: number): boolean {
  return token.token !== rejected && now < token.renewAt;
}

function stillRefused(): OneDriveError {
  return new OneDriveError('auth-required', 'The service refuses the token that was renewed just now.', {
    hint: [signInAgain, 'If the error remains, check `endpoints` and `cloud` of the profile.'],
  });
}
