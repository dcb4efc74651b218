/**
 * Reads an authorization request. Until the client id and the redirect URI are validated, errors are shown to the user;
 * after that they are sent to the redirect URI. RFC 6749 §4.1.2.1.
 */

import type { ServerRequest } from '../core/http.ts';
import type { World } from '../core/world.ts';
import { isServerItself } from '../guard/initiator.ts';
import { refusals } from './aadsts.ts';
import type { ClientRegistration } from './client-registration.ts';
import { findClient } from './clients.ts';
import { field, rejectRepeated } from './form.ts';
import { type Challenge, readChallenge } from './pkce.ts';
import { isOwnPage, type ResponseMode, redirectAllowed } from './redirect-uri.ts';
import { type ResponsePart, readResponseType, responseMode } from './response-type.ts';
import { parseScopes, type RequestedScopes } from './scopes.ts';
import { findTenant, type Tenant } from './tenants.ts';

/** Where the response is sent, whether success or error. */
export interface ReplyTo {
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
}

/** The validated parameters that are read first. */
export interface AuthorizeTarget {
  readonly tenant: Tenant;
  readonly clientId: string;
  readonly client: ClientRegistration | undefined;
  readonly replyTo: ReplyTo;
  /** Scheme and host of this server in the client's request. */
  readonly origin: string;
  /** The redirect URI is this server's own sign-in page, which must use PKCE. */
  readonly toOwnPage: boolean;
}

export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

export interface AuthorizeRequest extends AuthorizeTarget {
  readonly responseTypes: readonly ResponsePart[];
  readonly scopes: RequestedScopes;
  readonly challenge: Challenge | undefined;
  readonly prompt: Prompt | undefined;
  readonly loginHint: string | undefined;
  readonly nonce: string | undefined;
  /** `auto_consent=1`, an extension of this server: the account in `login_hint` consents automatically. */
  readonly autoConsent: boolean;
  /** Version of the id token. Default: 2.0. */
  readonly version?: '1.0';
  /** `client_info=1`, which MSAL sends. */
  readonly clientInfo: boolean;
}

/**
 * Reads the tenant, the client id and the redirect URI.
 * @throws OAuthRefusal that must be shown to the user and never redirected.
 */
export function readTarget(
  request: ServerRequest,
  world: World,
  tenant: string,
  parameters: URLSearchParams,
): AuthorizeTarget {
  const tenantRecord = findTenant(world, tenant);
  rejectRepeated(parameters);
  const clientId = field(parameters, 'client_id');
  if (clientId === undefined) throw refusals.missingParameter('client_id', 'query');
  const client = findClient(world, clientId);
  const redirectUri = field(parameters, 'redirect_uri') ?? onlyRedirect(client);
  if (redirectUri === undefined) throw refusals.missingParameter('redirect_uri', 'query');
  const rules = {
    registered: client?.redirectUris,
    clientId,
    isOwn: (url: URL) => isServerItself(url, request),
  };
  if (!redirectAllowed(redirectUri, rules)) throw refusals.redirectMismatch(redirectUri);
  const mode = responseMode(field(parameters, 'response_type'), modeOf(parameters));
  return {
    tenant: tenantRecord,
    clientId,
    client,
    replyTo: { redirectUri, mode, state: field(parameters, 'state') },
    origin: request.url.origin,
    toOwnPage: isOwnPage(new URL(redirectUri), rules),
  };
}

function onlyRedirect(client: ClientRegistration | undefined): string | undefined {
  return client?.redirectUris?.length === 1 ? client.redirectUris[0] : undefined;
}

function modeOf(parameters: URLSearchParams): ResponseMode | undefined {
  const mode = field(parameters, 'response_mode');
  return mode === 'query' || mode === 'fragment' || mode === 'form_post' ? mode : undefined;
}

/**
 * Reads the remaining parameters.
 * @throws OAuthRefusal that is sent to the redirect URI.
 */
export function readAuthorize(
  target: AuthorizeTarget,
  parameters: URLSearchParams,
  ownHost: string,
): AuthorizeRequest {
  const type = field(parameters, 'response_type');
  if (type === undefined) throw refusals.missingParameter('response_type', 'query');
  const responseTypes = readResponseType(type);
  if (field(parameters, 'response_mode') !== undefined && modeOf(parameters) === undefined) {
    throw refusals.malformed("The parameter 'response_mode' must be query, fragment or form_post.");
  }
  if (modeOf(parameters) === 'query' && target.replyTo.mode !== 'query') throw refusals.queryForTokens();
  const scope = field(parameters, 'scope');
  if (scope === undefined) throw refusals.missingParameter('scope', 'query');
  const nonce = field(parameters, 'nonce');
  if (responseTypes.includes('id_token') && nonce === undefined)
    throw refusals.missingParameter('nonce', 'query');
  const challenge = readChallenge(
    field(parameters, 'code_challenge'),
    field(parameters, 'code_challenge_method'),
  );
  if (target.client?.singlePage && !challenge) throw refusals.challengeMissing();
  if (target.toOwnPage) checkOwnPage(responseTypes, challenge);
  return {
    ...target,
    responseTypes: responseTypes,
    scopes: parseScopes(scope, ownHost),
    challenge,
    prompt: promptOf(field(parameters, 'prompt')),
    loginHint: field(parameters, 'login_hint'),
    nonce,
    autoConsent: field(parameters, 'auto_consent') === '1',
    clientInfo: field(parameters, 'client_info') === '1',
  };
}

/** This server's own page may receive only a code with PKCE, and no tokens. */
function checkOwnPage(responseTypes: readonly ResponsePart[], challenge: Challenge | undefined): void {
  if (responseTypes.length !== 1 || responseTypes[0] !== 'code')
    throw refusals.unsupportedResponseType(responseTypes.join(' '));
  if (challenge?.method !== 'S256') throw refusals.challengeMissing();
}

function promptOf(value: string | undefined): Prompt | undefined {
  switch (value) {
    case undefined:
    case 'none':
    case 'login':
    case 'consent':
    case 'select_account':
      return value;
    case 'create': // `prompt=create` asks for sign-up; this server has none.
      return 'select_account';
    default:
      throw refusals.malformed("The parameter 'prompt' must be none, login, consent or select_account.");
  }
}
