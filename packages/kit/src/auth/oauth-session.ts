/**
 * Prepares the application and the sign-in service for `oauth4webapi`, and does what all grants share: it
 * reads the response and converts every failure to an error of this project.
 */
import * as oauth from 'oauth4webapi';
import { isOneDriveError, OneDriveError } from '../errors/index.ts';
import type { Transport } from '../http/transport.ts';
import { type ClientProof, clientAuthentication } from './client-proof.ts';
import type { Endpoints } from './endpoints.ts';
import { refusalError } from './oauth-fault.ts';
import { oauthFetch } from './oauth-fetch.ts';
import type { TokenGrant } from './token-grant.ts';

/** What every grant receives: the server, the client, and the transport. */
export interface OAuthSession {
  readonly endpoints: Endpoints;
  readonly clientId: string;
  /** Only for an application that is registered as a confidential client. */
  readonly clientSecret?: string | undefined;
  /** How the application proves its identity; takes precedence over `clientSecret`. */
  readonly proof?: ClientProof | undefined;
  /** Never one that signs requests. */
  readonly transport: Transport;
}

/** The options of `oauth4webapi` calls besides their parameters. */
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
 * The id token comes directly from the token endpoint and is read once, for a name: a clock difference is not
 * a reason to refuse a sign-in (OpenID Connect Core 1.0 §3.1.3.7).
 */
const anyClock = 200 * 365 * 86_400;

/** The usual lifetime of an access token in seconds, if the service does not state one. */
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
 * @throws always an OneDriveError, or `signal.reason`. The library's own errors contain whole responses as
 * their cause; they are discarded.
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
  return new OneDriveError('protocol', `The response of the sign-in service is invalid (${code}).`, {
    hint: 'Try again. If the error persists, check `endpoints`, `tenant` and `cloud` of the profile.',
  });
}

/**
 * The OAuth error code of a refusal, for grants that continue after some of them: `authorization_pending`.
 */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof oauth.ResponseBodyError ? error.error : undefined;
}

/** The parts of a token response that are used. */
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
