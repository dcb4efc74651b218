/**
 * The application on one side and the sign-in service on the other, ready for `oauth4webapi`; and what is the same
 * for every grant: reading the answer, and turning every failure into an error of this project.
 */
import * as oauth from 'oauth4webapi';
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import type { Transport } from '../http/transport.ts';
import { type ClientProof, clientAuthentication } from './client-proof.ts';
import type { Endpoints } from './endpoints.ts';
import { refusalError } from './oauth-fault.ts';
import { oauthFetch } from './oauth-fetch.ts';
import type { TokenGrant } from './token-grant.ts';

/** What every grant is handed: the server, the client, and how to reach them. */
export interface OAuthSession {
  readonly endpoints: Endpoints;
  readonly clientId: string;
  /** Only of an application that is registered as confidential. */
  readonly clientSecret?: string | undefined;
  /** How the application proves itself; goes before `clientSecret`. */
  readonly proof?: ClientProof | undefined;
  /** Never one that signs requests. */
  readonly transport: Transport;
}

/** What the calls of `oauth4webapi` take besides their parameters. */
export interface OAuthCall {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly options: {
    readonly [oauth.customFetch]: ReturnType<typeof oauthFetch>;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; true only for a server on this machine
    readonly [oauth.allowInsecureRequests]: boolean;
    readonly signal?: AbortSignal;
  };
}

/**
 * The id token comes straight from the token endpoint and is read once, for a name: when it was issued by a clock
 * that differs from the one here is no reason to refuse a sign-in (OpenID Connect Core 1.0 §3.1.3.7).
 */
const anyClock = 200 * 365 * 86_400;

/** Usual life of an access token where the service names none, in seconds. */
const usualLife = 3600;

/** Prepares a call. @param idempotent see `HttpRequest.idempotent`. */
export function oauthCall(
  session: OAuthSession,
  { idempotent, signal }: { readonly idempotent: boolean; readonly signal?: AbortSignal | undefined },
): OAuthCall {
  const { endpoints, clientId, clientSecret, transport } = session;
  const proof = session.proof ?? (clientSecret ? { kind: 'secret', secret: clientSecret } : { kind: 'none' });
  return {
    server: endpoints.server,
    client: { client_id: clientId, [oauth.clockTolerance]: anyClock },
    authentication: clientAuthentication(proof, signal),
    options: {
      [oauth.customFetch]: oauthFetch(transport, idempotent),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- see OAuthCall
      [oauth.allowInsecureRequests]: endpoints.insecureLoopback,
      ...(signal ? { signal } : {}),
    },
  };
}

/**
 * Runs one exchange.
 * @throws OneDriveError always one of this project's, or `signal.reason`. The library's own errors carry whole
 * answers as their cause; none is kept.
 */
export async function exchange<T>(signal: AbortSignal | undefined, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw oauthError(error);
  }
}

function oauthError(error: unknown): unknown {
  if (isOneDriveError(error)) return error;
  if (error instanceof oauth.ResponseBodyError) {
    return refusalError({ error: error.error, description: error.error_description });
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    return refusalError({ error: error.error, description: error.error_description });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new OneDriveError('protocol', `The sign-in service's answer cannot be used (${code}).`, {
    hint: 'Try again; if it stays, check `endpoints`, `tenant` and `cloud` of the profile.',
  });
}

/** The OAuth error code of a refusal, for grants that go on after some: `authorization_pending`. */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof oauth.ResponseBodyError ? error.error : undefined;
}

/** The parts of a token answer that matter here. */
export function readGrant(answer: oauth.TokenEndpointResponse): TokenGrant {
  const claims = oauth.getValidatedIdTokenClaims(answer);
  const claim = (name: string): string | undefined => {
    const value = claims?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresIn: answer.expires_in ?? usualLife,
    scopes: answer.scope?.split(/\s+/).filter(Boolean),
    account: claims && {
      username: claim('preferred_username') ?? claim('email'),
      name: claim('name'),
      tenantId: claim('tid'),
    },
  };
}
