/**
 * The authorization code grant with PKCE (RFC 7636, S256), state and nonce: the URL to open, and the exchange
 * of the response. Between the two, only plain data is kept, so that another process can finish the sign-in.
 */
import * as oauth from 'oauth4webapi';
import type { Random } from '../../platform/random.ts';
import { base64url } from '../base64url.ts';
import { withExpectedIssuer } from '../id-token-issuer.ts';
import { exchange, type OAuthSession, oauthCall, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** Options of a browser sign-in. */
export interface StartOptions {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Suggests the account on the sign-in page. */
  readonly account?: string | undefined;
  readonly random: Random;
}

/** A pending sign-in. Secret: with it and the response, anyone can finish the sign-in. */
export interface PendingSignIn {
  readonly state: string;
  readonly codeVerifier: string;
  /** Absent if the scopes request no id token. */
  readonly nonce?: string | undefined;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** Starts a sign-in: `url` is for the user's browser. */
export async function startAuthorization(
  session: OAuthSession,
  { redirectUri, scopes, account, random }: StartOptions,
): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
  const secret = (): string => base64url(random.bytes(32));
  const [state, codeVerifier] = [secret(), secret()];
  const nonce = scopes.includes('openid') ? secret() : undefined;
  const url = new URL(session.endpoints.server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: session.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    ...(nonce === undefined ? {} : { nonce }),
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(account === undefined ? { prompt: 'select_account' } : { login_hint: account }),
  }).toString();
  return { url: url.href, pending: { state, codeVerifier, nonce, redirectUri, scopes } };
}

/**
 * Exchanges the response of the sign-in page.
 * @param answer the parameters of the last URL; its `state`, if any, must be the one that was sent.
 * @throws OneDriveError `auth-failed` for a state of another sign-in, for a refusal, and for an invalid id
 * token.
 */
export async function finishAuthorization(
  session: OAuthSession,
  pending: PendingSignIn,
  answer: URLSearchParams,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<TokenGrant> {
  const { server, client, authentication, options } = oauthCall(session, { idempotent: false, signal });
  return exchange(signal, async () => {
    const expectedState = answer.has('state') ? pending.state : oauth.skipStateCheck;
    const parameters = oauth.validateAuthResponse(server, client, answer, expectedState);
    const { redirectUri, codeVerifier, nonce } = pending;
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      redirectUri,
      codeVerifier,
      { ...options, additionalParameters: { scope: pending.scopes.join(' ') } },
    );
    const expected = await withExpectedIssuer(session.endpoints, response);
    return readGrant(
      await oauth.processAuthorizationCodeResponse(expected, client, response, {
        ...(nonce === undefined ? {} : { expectedNonce: nonce }),
      }),
    );
  });
}

/**
 * Exchanges a code that the older tool stored in its configuration: without state and PKCE, which that tool
 * did not use.
 * @throws OneDriveError `auth-required` if the code is used or older than about ten minutes.
 */
export async function exchangeBareCode(
  session: OAuthSession,
  code: string,
  { redirectUri, signal }: { readonly redirectUri: string; readonly signal?: AbortSignal | undefined },
): Promise<TokenGrant> {
  const { server, client, authentication, options } = oauthCall(session, { idempotent: false, signal });
  return exchange(signal, async () => {
    const parameters = { code, redirect_uri: redirectUri };
    const response = await oauth.genericTokenEndpointRequest(
      server,
      client,
      authentication,
      'authorization_code',
      parameters,
      options,
    );
    const expected = await withExpectedIssuer(session.endpoints, response);
    // No nonce was sent, so an id token has none to compare.
    return readGrant(await oauth.processGenericTokenEndpointResponse(expected, client, response));
  });
}
