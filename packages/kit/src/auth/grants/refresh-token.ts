/** The refresh grant: RFC 6749 §6. */
import * as oauth from 'oauth4webapi';
import { withExpectedIssuer } from '../id-token-issuer.ts';
import { exchange, type OAuthSession, oauthCall, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** How to renew a sign-in. */
export interface RefreshOptions {
  /** Default: those of the first sign-in. */
  readonly scopes?: readonly string[] | undefined;
  /** Claims that the API requires: the `claims` of its challenge, as JSON. */
  readonly claims?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns a new access token, and usually a new refresh token. The request may be sent again after an unknown
 * outcome: the service does not revoke a refresh token because it was used
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#refresh-the-access-token).
 * @throws OneDriveError `auth-required` if the user has to sign in again.
 */
export async function refreshTokenGrant(
  session: OAuthSession,
  refreshToken: string,
  { scopes, claims, signal }: RefreshOptions = {},
): Promise<TokenGrant> {
  const { server, client, authentication, options } = oauthCall(session, { idempotent: true, signal });
  return exchange(signal, async () => {
    const answer = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, {
      ...options,
      additionalParameters: {
        ...(scopes ? { scope: scopes.join(' ') } : {}),
        ...(claims === undefined ? {} : { claims }),
      },
    });
    const expected = await withExpectedIssuer(session.endpoints, answer);
    return readGrant(await oauth.processRefreshTokenResponse(expected, client, answer));
  });
}
