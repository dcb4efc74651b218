/**
 * The refresh grant of login.live.com. An application that is marked as mobile refreshes without its secret, and says
 * so by its redirect address: MSDN hh243647, "OAuth 2.0" of the Live SDK.
 */
import * as oauth from 'oauth4webapi';
import { exchange, oauthCall, type OAuthSession, readGrant } from '../oauth-session.ts';
import type { TokenGrant } from '../token-grant.ts';

/** Where programs without an address of their own were sent back to. */
export const liveDesktop = 'https://login.live.com/oauth20_desktop.srf';

/** A new access token, and a new refresh token. @throws OneDriveError `auth-required` when a person has to sign in again. */
export async function liveRefreshGrant(
  session: OAuthSession,
  refreshToken: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<TokenGrant> {
  const { server, client, options } = oauthCall(session, { idempotent: true, signal });
  return exchange(signal, async () => {
    const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, {
      ...options,
      additionalParameters: { redirect_uri: liveDesktop },
    });
    return readGrant(await oauth.processRefreshTokenResponse(server, client, answer));
  });
}
