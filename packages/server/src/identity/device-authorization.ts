/**
 * `POST /{tenant}/oauth2/v2.0/devicecode`: starts a sign-in that the user completes in a browser on another device.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#device-authorization-request
 */
import type { Random } from 'onedrive-kit/platform';
import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { requireNear } from '../guard/cross-origin.ts';
import { refusals } from './aadsts.ts';
import { findClient } from './clients.ts';
import { findAutomaticConsent, rememberConsent } from './consent.ts';
import { field, readForm } from './form.ts';
import { type DeviceCodeRecord, type DeviceDecision, deviceCodes, userCodes } from './records.ts';
import { parseScopes } from './scopes.ts';
import { newSecret } from './secrets.ts';
import { sweep } from './sweep.ts';
import { findTenant, type Tenant } from './tenants.ts';
import { refusingInJson } from './token-endpoint.ts';

/** The page where the user enters the code. */
export const devicePath = '/devicelogin';

/** The device authorization endpoint. */
export async function deviceAuthorization({ request, world, params }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const form = await readForm(request);
    return describeDeviceCode({ request, world, tenantName: params['tenant'] ?? '' }, form);
  });
}

/**
 * Creates the device code and user code for a request.
 * @throws OAuthRefusal when the application, the scope or the tenant is missing or unknown.
 */
export function describeDeviceCode(
  { request, world, tenantName }: Pick<RouteContext, 'request' | 'world'> & { readonly tenantName: string },
  form: URLSearchParams,
) {
  requireNear(request, world, { from: 'machine', what: 'A device code' });
  const tenant = findTenant(world, tenantName);
  const clientId = field(form, 'client_id');
  if (clientId === undefined) throw refusals.missingParameter('client_id');
  findClient(world, clientId);
  const scope = field(form, 'scope');
  if (scope === undefined) throw refusals.missingParameter('scope');
  const { names, written } = parseScopes(scope, request.url.host);
  const decision = firstDecision(world, tenant, clientId, names);
  const codes = keepCodes(world, { tenantName, clientId, scopes: names, written, decision });
  return description(world, codes, `${request.url.origin}${devicePath}`);
}

/** Approves the code immediately for an account that consents automatically. */
function firstDecision(
  world: World,
  tenant: Tenant,
  clientId: string,
  scopes: readonly string[],
): DeviceDecision {
  const automaticAccount = findAutomaticConsent(world, tenant, {});
  if (!automaticAccount) return { kind: 'pending' };
  rememberConsent(world, automaticAccount, clientId, scopes);
  return { kind: 'approved', accountId: automaticAccount.id };
}

interface Codes {
  readonly device: string;
  readonly user: string;
}

function keepCodes(
  world: World,
  authorization: Omit<DeviceCodeRecord, 'userCode' | 'expires' | 'interval'>,
): Codes {
  const device = newSecret(world.random);
  const user = newUserCode(world.random);
  const { deviceCodeLifetime, devicePollInterval: interval } = world.settings.identity;
  const expires = world.clock.now() + deviceCodeLifetime;
  world.storage.write((records) => {
    sweep(world, records);
    deviceCodes.put(records, world.digest(device), { ...authorization, userCode: user, expires, interval });
    userCodes.put(records, user, { device: world.digest(device), expires });
  });
  return { device, user };
}

function description(world: World, { device, user }: Codes, page: string) {
  const { deviceCodeLifetime, devicePollInterval } = world.settings.identity;
  return {
    user_code: user,
    device_code: device,
    verification_uri: page,
    expires_in: Math.floor(deviceCodeLifetime / 1000),
    interval: Math.max(1, Math.ceil(devicePollInterval / 1000)),
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${user} to authenticate.`,
  };
}

/** No vowels, so that codes do not form words, and no characters that are easily confused. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789';

/** Nine letters, the length that the service uses. */
function newUserCode(random: Random): string {
  return Array.from(random.bytes(9), (byte) => letters.charAt(byte % letters.length)).join('');
}

/** Normalizes a user code: case, spaces and dashes are ignored. */
export function foldUserCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '');
}
