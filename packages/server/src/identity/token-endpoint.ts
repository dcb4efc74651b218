/** `POST /{tenant}/oauth2/v2.0/token`: selects the grant, runs it, and returns tokens or an AADSTS error. */

import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import { requireNear } from '../guard/cross-origin.ts';
import { OAuthRefusal, refusals } from './aadsts.ts';
import { authenticateClient } from './client-authentication.ts';
import { field, readForm } from './form.ts';
import { authorizationCode, isUsedTwice } from './grants/authorization-code.ts';
import { clientCredentials } from './grants/client-credentials.ts';
import { deviceCode } from './grants/device-code.ts';
import type { GrantRequest, GrantType } from './grants/grant-request.ts';
import { onBehalfOf } from './grants/on-behalf-of.ts';
import { password } from './grants/password.ts';
import { refreshToken } from './grants/refresh-token.ts';
import { refusalAnswer, tokenHeaders } from './refusal-answer.ts';
import { revokeGrantsOf } from './revoke.ts';
import { findTenant } from './tenants.ts';
import { tokenAnswer } from './token-answer.ts';

const grantTypes: ReadonlyMap<string, GrantType> = new Map([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
  ['urn:ietf:params:oauth:grant-type:device_code', deviceCode],
  ['device_code', deviceCode],
  ['client_credentials', clientCredentials],
  ['password', password],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', onBehalfOf],
]);

/** Grants that a page of another site may use: each is the result of a sign-in by a user. The other grants need no user. */
const grantsOfPages: ReadonlySet<string> = new Set(['authorization_code', 'refresh_token']);

/** Handles requests to the token endpoint. */
export async function tokenEndpoint({ request, world, params }: RouteContext): Promise<ServerResponse> {
  return refusingInJson(request, world, async () => {
    const tenant = findTenant(world, params['tenant'] ?? '');
    const form = await readForm(request);
    return (await answerGrant({ world, request, tenant, form })).answer;
  });
}

/** Runs the grant that a form names and issues its tokens. `version` is that of the id token. */
export async function answerGrant(grantRequest: Omit<GrantRequest, 'client'>, version?: '1.0') {
  const { world, request, form } = grantRequest;
  const name = field(form, 'grant_type');
  if (name === undefined) throw refusals.missingParameter('grant_type');
  const decide = grantTypes.get(name);
  if (!decide) throw refusals.unsupportedGrant(name);
  if (!grantsOfPages.has(name)) requireNear(request, world, { from: 'machine', what: `The grant ${name}` });
  const client = await authenticateClient(request, form, world);
  const granted = await decide({ ...grantRequest, client });
  const clientInfo = form.get('client_info') === '1';
  const answer = await tokenAnswer(world, { ...granted, origin: request.url.origin, clientInfo, version });
  refuseStolenCode(world, granted.grantedBy);
  return { granted, answer };
}

/**
 * A code may be used a second time while the tokens of the first use are being signed; those tokens must not become valid.
 */
function refuseStolenCode(world: World, code: string | undefined): void {
  if (code === undefined) return;
  const stolen = world.storage.write((records) => {
    const again = isUsedTwice(records, code);
    if (again) revokeGrantsOf(records, code);
    return again;
  });
  if (stolen) throw refusals.codeRedeemed();
}

/** Runs an endpoint that responds with JSON, errors included. */
export async function refusingInJson(
  request: ServerRequest,
  world: World,
  answer: () => Promise<Readonly<Record<string, unknown>>>,
  refused: typeof refusalAnswer = refusalAnswer,
): Promise<ServerResponse> {
  try {
    return { status: 200, headers: tokenHeaders, body: JSON.stringify(await answer()) };
  } catch (error) {
    if (error instanceof OAuthRefusal) return refused(error, request, world);
    throw error;
  }
}
