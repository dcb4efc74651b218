/** Creates the credential for a profile of the configuration. */
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

/** The settings of a profile that affect the sign-in. */
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
  /** `live-v5`: the sign-in of login.live.com. Default: that of Microsoft Graph. */
  readonly api?: 'graph' | 'live-v5' | undefined;
}

/** Dependencies of a profile's credential. */
export interface CredentialWorld {
  readonly sessions: SessionStore;
  /** Never one that signs requests. */
  readonly transport: Transport;
  readonly clock: Clock;
  /** Must exclude other processes. */
  readonly lock: Lock;
  /** The same for every process that uses this session. */
  readonly lockName: string;
  /** How the application proves its identity. Default: `client.secret`, if set. */
  readonly proof?: ClientProof | undefined;
}

/** The redirect address of applications without a page of their own, which the older tool used. */
const nativeRedirect = '/common/oauth2/nativeclient';

/**
 * Creates the credential of `profile`. Nothing is read or sent before the first token is needed.
 * @throws OneDriveError `config` for invalid addresses or without a client id.
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
 * @throws OneDriveError `config` for invalid addresses or without a client id.
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

/** Saves a new sign-in; waits for renewals of the old one by other processes. */
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

/** The granted scopes are requested again, unless the configuration sets scopes. */
function renewedScopes(profile: SignInProfile, granted: readonly string[] | undefined): readonly string[] {
  return requestScopes({ cloud: profile.cloud, scopes: profile.scopes ?? granted });
}

function noClientId(): OneDriveError {
  return new OneDriveError('config', 'No application is configured: `client.id` is missing.', {
    hint: { step: 'operation', operation: 'register', to: 'sign in' },
  });
}
