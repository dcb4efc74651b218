/**
 * The refresh grant of login.live.com. An application that is marked as mobile refreshes without its secret, and says
 * so by its redirect address: MSDN hh243647, "OAuth 2.0" of the Live SDK.
 */
import * as oauth from 'oauth4webapi';
import { exchange, type OAuthSession, oauthCall, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** Where programs without an address of their own were sent back to. */
export const liveDesktop = 'https://login.live.com/oauth20_desktop.srf';

/** How to renew a sign-in of login.live.com. */
export interface LiveRefreshOptions {
  /** The address that the sign-in came back to; that of mobile applications unless told. */
  readonly redirectUri?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A new access token, and a new refresh token. @throws OneDriveError `auth-required` when a person has to sign in again. */
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
