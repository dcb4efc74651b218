/**
 * The refresh grant of login.live.com. An application that is registered as mobile refreshes without its
 * secret, and indicates that by its redirect address: MSDN hh243647, "OAuth 2.0" of the Live SDK.
 */
import * as oauth from 'oauth4webapi';
import { exchange, type OAuthSession, oauthCall, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** The redirect address of programs without an address of their own. */
export const liveDesktop = 'https://login.live.com/oauth20_desktop.srf';

/** How to renew a sign-in of login.live.com. */
export interface LiveRefreshOptions {
  /** The redirect address of the sign-in. Default: the address of mobile applications. */
  readonly redirectUri?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns a new access token and a new refresh token. @throws OneDriveError `auth-required` if the user has
 * to sign in again.
 */
export async function liveRefreshGrant(
  session: OAuthSession,
  refreshToken: string,
  { redirectUri = liveDesktop, signal }: LiveRefreshOptions = {},
): Promise<TokenGrant> {
  const { server, client, authentication, options } = oauthCall(session, { idempotent: true, signal });
  const proof = redirectUri === liveDesktop ? oauth.None() : authentication;
  return exchange(signal, async () => {
    const answer = await oauth.refreshTokenGrantRequest(server, client, proof, refreshToken, {
      ...options,
      additionalParameters: { redirect_uri: redirectUri },
    });
    return readGrant(await oauth.processRefreshTokenResponse(server, client, answer));
  });
}
