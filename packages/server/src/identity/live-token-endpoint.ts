/**
 * `oauth20_token.srf`: exchanges a code or a refresh token for tokens. Source: MSDN hh243647, "OAuth 2.0" of the Live SDK.
 * An application that is marked as mobile is public: it refreshes without a secret, and a secret is refused.
 */
import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { refusals } from './aadsts.ts';
import { type AuthenticatedClient, authenticateClient } from './client-authentication.ts';
import { field, readForm } from './form.ts';
import { authorizationCode } from './grants/authorization-code.ts';
import type { GrantType } from './grants/grant-request.ts';
import { refreshToken } from './grants/refresh-token.ts';
import { liveRefusalAnswer, publicClientSecret } from './live-refusal.ts';
import { liveTokens } from './live-tokens.ts';
import { mobileClients } from './records.ts';
import { hasScope } from './scopes.ts';
import { signJwt } from './signing-keys.ts';
import { findTenant } from './tenants.ts';
import { type Grant, refreshToken as newRefreshToken } from './token-answer.ts';
import { refusingInJson } from './token-endpoint.ts';

const grantTypes: ReadonlyMap<string, GrantType> = new Map([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
]);

/** Handles requests to the token endpoint. */
export async function liveToken({ request, world }: RouteContext): Promise<ServerResponse> {
  const issue = async () => {
    const form = await readForm(request);
    const name = field(form, 'grant_type');
    if (name === undefined) throw refusals.missingParameter('grant_type');
    const decide = grantTypes.get(name);
    if (!decide) throw refusals.unsupportedGrant(name);
    const client = await authenticateClient(request, form, world);
    const renewal = name === 'refresh_token';
    const secret = hasSecret(request, form);
    if (renewal && secret && isMobile(world, client)) throw publicClientSecret();
    const granted = await decide({ world, request, tenant: findTenant(world, 'consumers'), client, form });
    if (renewal && !secret) rememberMobile(world, client);
    return answer(world, granted);
  };
  return refusingInJson(request, world, issue, liveRefusalAnswer);
}

function hasSecret({ headers }: ServerRequest, form: URLSearchParams): boolean {
  return field(form, 'client_secret') !== undefined || /^basic /i.test(headers['authorization'] ?? '');
}

/**
 * Whether the application is marked as mobile. A registered application is, if it has no secret. An unregistered one is, if
 * it ever refreshed without a secret. Programs that were not marked as mobile sent their secret with every refresh, even
 * when they used `oauth20_desktop.srf`.
 */
function isMobile(world: World, { id, registration, proven }: AuthenticatedClient): boolean {
  if (registration !== undefined) return !proven;
  return world.storage.read((records) => mobileClients.get(records, id.toLowerCase()) !== undefined);
}

function rememberMobile(world: World, { id, registration }: AuthenticatedClient): void {
  if (registration !== undefined) return;
  const since = world.clock.now();
  world.storage.write((records) => mobileClients.put(records, id.toLowerCase(), { since }));
}

async function answer(
  world: World,
  granted: Omit<Grant, 'origin' | 'clientInfo'>,
): Promise<Readonly<Record<string, unknown>>> {
  const { scopes } = granted;
  const offline = hasScope(scopes, 'wl.offline_access') || hasScope(scopes, 'offline_access');
  const { user_id, ...tokens } = liveTokens(world, granted);
  return {
    ...tokens,
    ...(offline ? { refresh_token: newRefreshToken(world, granted) } : {}),
    ...(hasScope(scopes, 'wl.signin')
      ? { authentication_token: await authenticationToken(world, granted) }
      : {}),
    user_id,
  };
}

/** The `authentication_token`, which identifies the user and the application: MSDN hh826524, "Single sign-on". */
function authenticationToken(
  world: World,
  { account, clientId }: Omit<Grant, 'origin' | 'clientInfo'>,
): Promise<string> {
  return signJwt(world, {
    ver: 1,
    iss: 'urn:windows:liveid',
    exp: Math.floor(world.clock.now() / 1000) + 24 * 3600,
    uid: account.id,
    aud: clientId,
    'urn:microsoft:appid': clientId,
  });
}
