/**
 * A credential that renews its token: once at a time across the requests of this process and across processes, and
 * with the new refresh token on disk before the new access token is used. Expiry is counted on this machine's own
 * clock from the moment of the answer; where that clock jumped, the service's 401 says so and forces one renewal.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { AccessToken, GetTokenOptions, TokenCredential } from '../http/token-credential.ts';
import type { Clock } from '../platform/clock.ts';
import type { Lock } from '../platform/lock.ts';
import type { SessionStore, SignInSession } from './session-store.ts';
import { type Flight, sharedFlight } from './shared-flight.ts';
import type { TokenGrant } from './token-grant.ts';

/** What a credential that renews itself works with. */
export interface RefreshingCredentialOptions {
  readonly sessions: SessionStore;
  /** Must exclude other processes that use the same session. */
  readonly lock: Lock;
  /** The same for every process that uses the session. */
  readonly lockName: string;
  readonly clock: Clock;
  /** One renewal: the refresh grant, or whatever a session without a refresh token can be turned into a token with. */
  readonly renew: (session: SignInSession, signal: AbortSignal, claims?: string) => Promise<TokenGrant>;
}

/** A credential of a person who has signed in. */
export interface RefreshingCredential extends TokenCredential {
  /** Renews now, whatever the present token is worth. @throws as `getToken`. */
  refresh(options?: { readonly signal?: AbortSignal | undefined }): Promise<AccessToken>;
}

/** A token is renewed this long before it ends: longer than any one request waits for its turn. */
const margin = 5 * 60_000;

interface HeldToken extends AccessToken {
  /** Milliseconds since the epoch. */
  readonly renewAt: number;
}

/** Makes the credential; nothing is read before the first token is asked for. */
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
    // A renewal under way may end in the very token that this caller saw refused.
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
  /** What the service wants proven on top. */
  readonly claims: string | undefined;
}

interface Outdated extends Wanted {
  /** The token that was in the store before the wait for the lock. */
  readonly seen: string | undefined;
}

/** Under the lock: another process may have renewed while this one waited, and then there is nothing left to do. */
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

/** What a grant leaves to be kept; the refresh token that was used stays where no new one came. */
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

/** For a token that was issued just now: half of a life that is shorter than twice the usual margin. */
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
