/** Every address of the identity service, in one list. */
import { nativeClientPage } from '../page/answer-pages.ts';
import type { Route } from '../route.ts';
import { adminConsent } from './admin-consent.ts';
import { authorizeEndpoint } from './authorize-endpoint.ts';
import { deviceAuthorization, devicePath } from './device-authorization.ts';
import { deviceLogin } from './device-login.ts';
import { instanceDiscovery, openIdConfiguration, signingKeySet } from './discovery.ts';
import { errorLookup } from './error-lookup.ts';
import { logout } from './logout.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { userInfo } from './user-info.ts';

const docs = 'https://learn.microsoft.com/entra/identity-platform';
const oidc = `${docs}/v2-protocols-oidc`;
const code = `${docs}/v2-oauth2-auth-code-flow`;
const device = `${docs}/v2-oauth2-device-code`;

type Row = readonly [method: string, pattern: string, source: string, handle: Route['handle']];

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
  ['GET', '/oidc/userinfo', `${docs}/userinfo`, userInfo],
  ['POST', '/oidc/userinfo', `${docs}/userinfo`, userInfo],
  ['GET', '/{tenant}/discovery/instance', `${docs}/msal-client-application-configuration`, instanceDiscovery],
  [
    'GET',
    '/{tenant}/oauth2/nativeclient',
    `${docs}/reply-url`,
    async ({ query }) => nativeClientPage(query.has('error')),
  ],
  ['GET', '/{tenant}/adminconsent', `${docs}/v2-admin-consent`, adminConsent],
  ['GET', '/error', `${docs}/reference-error-codes`, errorLookup],
];

export const oauthRoutes: readonly Route[] = rows.map(([method, pattern, source, handle]) => ({
  method,
  pattern,
  source,
  handle,
}));
