/** From a profile of the configuration to the credential that signs its requests. */
import { OneDriveError } from '../errors/index.ts';
import type { Transport } from '../http/transport.ts';
import type { Clock } from '../platform/clock.ts';
import type { Lock } from '../platform/lock.ts';
import type { ClientProof } from './client-proof.ts';
import type { CloudName } from './clouds.ts';
import { resolveEndpoints } from './endpoints.ts';
import { liveEndpoints } from './live-endpoints.ts';
import type { OAuthSession } from './oauth-session.ts';
import { type RefreshingCredential, refreshingCredential, sessionOf } from './refreshing-credential.ts';
import { requestScopes } from './scopes.ts';
import type { SessionStore, SignInSession } from './session-store.ts';
import type { TokenGrant } from './token-grant.ts';

/** What signing in needs to know of a profile. */
export interface SignInProfile {
  readonly name: string;
  readonly client: { readonly id: string | undefined; readonly secret: string | undefined };
  readonly cloud: CloudName;
  readonly tenant: string | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly endpoints: {
    readonly authority: string | undefined;
    readonly graph: string | undefined;
    readonly live?: string | undefined;
  };
  /** `live-v5`: the sign-in of login.live.com. Microsoft Graph's unless told. */
  readonly api?: 'graph' | 'live-v5' | undefined;
}

/** What a credential of a profile works with. */
export interface CredentialWorld {
  readonly sessions: SessionStore;
  /** Never one that signs requests. */
  readonly transport: Transport;
  readonly clock: Clock;
  /** Must exclude other processes. */
  readonly lock: Lock;
  /** The same for every process that uses this session. */
  readonly lockName: string;
  /** How the application proves itself; default: by `client.secret`, where there is one. */
  readonly proof?: ClientProof | undefined;
}

/** Where a browser ends that came from an application without a page of its own, and where the older tool's codes came from. */
const nativeRedirect = '/common/oauth2/nativeclient';

/**
 * The credential of `profile`. Nothing is read or sent before the first token is asked for.
 * @throws OneDriveError `config` when the profile's addresses cannot be used or it has no client id.
 */
export function profileCredential(profile: SignInProfile, world: CredentialWorld): RefreshingCredential {
  const session = oauthSession(profile, world.transport, world.proof);
  return refreshingCredential({
    ...world,
    renew: (saved, signal, claims) => renew(profile, session, saved, { signal, claims }),
  });
}

/**
 * The application and the sign-in service of a profile.
 * @throws OneDriveError `config` when the profile's addresses cannot be used or it has no client id.
 */
export function oauthSession(
  profile: SignInProfile,
  transport: Transport,
  proof?: ClientProof,
): OAuthSession {
  const { client, cloud, tenant, endpoints } = profile;
  if (!client.id) throw noClientId();
  const resolved =
    profile.api === 'live-v5'
      ? liveEndpoints(endpoints.live)
      : resolveEndpoints({ cloud, tenant, ...endpoints });
  return { endpoints: resolved, clientId: client.id, clientSecret: client.secret, proof, transport };
}

/** Keeps what a new sign-in brought, in turn with renewals of the old one that may be under way elsewhere. */
export async function keepGrant(world: Omit<CredentialWorld, 'transport'>, grant: TokenGrant): Promise<void> {
  const release = await world.lock.acquire(world.lockName);
  try {
    await world.sessions.save(sessionOf(grant, {}, world.clock.now()));
  } finally {
    await release();
  }
}

async function renew(
  profile: SignInProfile,
  session: OAuthSession,
  { refreshToken, code, scopes: granted }: SignInSession,
  { signal, claims }: { readonly signal: AbortSignal; readonly claims: string | undefined },
): Promise<TokenGrant> {
  // The grants and the protocol library are loaded when a token has to be renewed: about once an hour.
  if (profile.api === 'live-v5' && (refreshToken ?? code) !== undefined) {
    const { liveRefreshGrant, liveDesktop } = await import('./grants/live-refresh.ts');
    if (refreshToken !== undefined) return liveRefreshGrant(session, refreshToken, { signal });
    const { exchangeBareCode } = await import('./grants/authorization-code.ts');
    return exchangeBareCode(session, code ?? '', { redirectUri: liveDesktop, signal });
  }
  if (refreshToken !== undefined) {
    const { refreshTokenGrant } = await import('./grants/refresh-token.ts');
    return refreshTokenGrant(session, refreshToken, {
      scopes: renewedScopes(profile, granted),
      claims,
      signal,
    });
  }
  if (code !== undefined) {
    const { exchangeBareCode } = await import('./grants/authorization-code.ts');
    return exchangeBareCode(session, code, {
      redirectUri: session.endpoints.authority + nativeRedirect,
      signal,
    });
  }
  throw new OneDriveError(
    'auth-required',
    `You are not signed in${profile.name === 'default' ? '' : ` (profile ${profile.name})`}.`,
    {
      hint: { step: 'sign-in', first: true },
    },
  );
}

/** What was granted is what is asked for again, unless the configuration names scopes. */
function renewedScopes(profile: SignInProfile, granted: readonly string[] | undefined): readonly string[] {
  return requestScopes({ cloud: profile.cloud, scopes: profile.scopes ?? granted });
}

function noClientId(): OneDriveError {
  return new OneDriveError('config', 'No application is configured: `client.id` is missing.', {
    hint: { step: 'operation', operation: 'register', to: 'sign in' },
  });
}
