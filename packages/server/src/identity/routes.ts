/** All routes of the identity service. */

import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { nativeClientPage } from '../page/answer-pages.ts';
import { adminConsent } from './admin-consent.ts';
import { authorizeEndpoint } from './authorize-endpoint.ts';
import { authorizeV1, deviceCodeV1, tokenV1 } from './azure-ad-v1.ts';
import { deviceAuthorization, devicePath } from './device-authorization.ts';
import { deviceLogin } from './device-login.ts';
import { instanceDiscovery, openIdConfiguration, openIdConfigurationV1, signingKeySet } from './discovery.ts';
import { errorLookup } from './error-lookup.ts';
import { logout } from './logout.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { userInfo } from './user-info.ts';
import { userRealm } from './user-realm.ts';

const docs = 'https://learn.microsoft.com/entra/identity-platform';
const oidc = `${docs}/v2-protocols-oidc`;
const code = `${docs}/v2-oauth2-auth-code-flow`;
const older = 'https://learn.microsoft.com/previous-versions/azure/active-directory/azuread-dev';
const v1 = `${older}/v1-protocols-oauth-code`;
const v1Oidc = `${older}/v1-protocols-openid-connect-code`;
const realm = 'https://github.com/AzureAD/microsoft-authentication-library-for-python, user_realm_discovery';
const device = `${docs}/v2-oauth2-device-code`;

type Row = readonly [method: string, pattern: string, source: string, handle: Route['handle']];

async function nativeClient({ query }: RouteContext): Promise<ServerResponse> {
  return nativeClientPage(query.has('error'));
}

const rows: readonly Row[] = [
  ['GET', '/{tenant}/oauth2/v2.0/authorize', code, authorizeEndpoint],
  ['POST', '/{tenant}/oauth2/v2.0/authorize', code, authorizeEndpoint],
  ['POST', '/{tenant}/oauth2/v2.0/token', code, tokenEndpoint],
  ['POST', '/{tenant}/oauth2/v2.0/devicecode', device, deviceAuthorization],
  ['GET', devicePath, device, deviceLogin],
  ['POST', devicePath, device, deviceLogin],
  ['GET', '/{tenant}/oauth2/deviceauth', device, deviceLogin],
  ['GET', '/{tenant}/oauth2/v2.0/logout', oidc, logout],
  ['POST', '/{tenant}/oauth2/v2.0/logout', oidc, logout],
  ['GET', '/{tenant}/v2.0/.well-known/openid-configuration', oidc, openIdConfiguration],
  ['GET', '/{tenant}/discovery/v2.0/keys', oidc, signingKeySet],
  ['GET', '/{tenant}/oauth2/authorize', v1, authorizeV1],
  ['POST', '/{tenant}/oauth2/authorize', v1, authorizeV1],
  ['POST', '/{tenant}/oauth2/token', v1, tokenV1],
  ['GET', '/{tenant}/oauth2/devicecode', v1, deviceCodeV1],
  ['POST', '/{tenant}/oauth2/devicecode', v1, deviceCodeV1],
  ['GET', '/{tenant}/oauth2/logout', v1, logout],
  ['POST', '/{tenant}/oauth2/logout', v1, logout],
  ['GET', '/{tenant}/.well-known/openid-configuration', v1Oidc, openIdConfigurationV1],
  ['GET', '/{tenant}/discovery/keys', v1Oidc, signingKeySet],
  ['GET', '/{tenant}/openid/userinfo', v1Oidc, userInfo],
  ['GET', '/common/userrealm/{name}', realm, userRealm],
  ['GET', '/common/UserRealm/{name}', realm, userRealm],
  ['GET', '/oidc/userinfo', `${docs}/userinfo`, userInfo],
  ['POST', '/oidc/userinfo', `${docs}/userinfo`, userInfo],
  ['GET', '/{tenant}/discovery/instance', `${docs}/msal-client-application-configuration`, instanceDiscovery],
  ['GET', '/{tenant}/oauth2/nativeclient', `${docs}/reply-url`, nativeClient],
  ['GET', '/{tenant}/adminconsent', `${docs}/v2-admin-consent`, adminConsent],
  ['GET', '/error', `${docs}/reference-error-codes`, errorLookup],
];

/** Pages that a program or another site may open in the browser; each requires an action of the user. */
const pages: ReadonlyMap<Route['handle'], 'window' | 'frame'> = new Map([
  // Single-page applications renew tokens in a hidden frame.
  [authorizeEndpoint, 'frame'],
  [authorizeV1, 'frame'],
  [logout, 'frame'],
  [nativeClient, 'window'],
  [deviceLogin, 'window'],
  [errorLookup, 'window'],
]);

export const oauthRoutes: readonly Route[] = rows.map(([method, pattern, source, handle]) => ({
  method,
  pattern,
  source,
  opensFromAnySite: method === 'GET' ? pages.get(handle) : undefined,
  handle: method === 'GET' ? withFound(handle) : handle,
}));

/** The service redirects a GET with 302. A form is redirected with 303, so that the browser follows with GET. */
function withFound(handle: Route['handle']): Route['handle'] {
  return async (context) => {
    const answer = await handle(context);
    return answer.status === 303 ? { ...answer, status: 302 } : answer;
  };
}
