/**
 * Reads an authorization request. What is wrong with it falls in two kinds: until client and redirect URI are known to
 * be good, a refusal must be shown here; after that it goes back to the client. RFC 6749 §4.1.2.1.
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
import { readResponseType, responseMode, type Wanted } from './response-type.ts';
import { parseScopes, type RequestedScopes } from './scopes.ts';
import { findTenant, type Tenant } from './tenants.ts';

/** Where the answer goes, good or bad. */
export interface ReplyTo {
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
}

/** What can be trusted before the rest is read. */
export interface AuthorizeTarget {
  readonly tenant: Tenant;
  readonly clientId: string;
  readonly client: ClientRegistration | undefined;
  readonly replyTo: ReplyTo;
  /** Scheme and host that the client knows this server by. */
  readonly origin: string;
  /** The answer goes to the page of this server itself, which has to prove that it asked. */
  readonly toOwnPage: boolean;
}

export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

export interface AuthorizeRequest extends AuthorizeTarget {
  readonly wanted: readonly Wanted[];
  readonly scopes: RequestedScopes;
  readonly challenge: Challenge | undefined;
  readonly prompt: Prompt | undefined;
  readonly loginHint: string | undefined;
  readonly nonce: string | undefined;
  /** `auto_consent=1`, this server's own: the account of `login_hint` consents by itself. */
  readonly autoConsent: boolean;
  /** Of the id token, where it is not 2.0. */
  readonly version?: '1.0';
  /** `client_info=1`, as MSAL asks. */
  readonly clientInfo: boolean;
}

/**
 * The tenant, the client and the way back.
 * @throws OAuthRefusal that must be shown to the person and never be redirected.
 */
export function readTarget(
  request: ServerRequest,
  world: World,
  tenant: string,
  parameters: URLSearchParams,
): AuthorizeTarget {
  const found = findTenant(world, tenant);
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
    tenant: found,
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
 * The rest of the request.
 * @throws OAuthRefusal that goes back to the client.
 */
export function readAuthorize(
  target: AuthorizeTarget,
  parameters: URLSearchParams,
  ownHost: string,
): AuthorizeRequest {
  const type = field(parameters, 'response_type');
  if (type === undefined) throw refusals.missingParameter('response_type', 'query');
  const wanted = readResponseType(type);
  if (field(parameters, 'response_mode') !== undefined && modeOf(parameters) === undefined) {
    throw refusals.malformed("The parameter 'response_mode' must be query, fragment or form_post.");
  }
  if (modeOf(parameters) === 'query' && target.replyTo.mode !== 'query') throw refusals.queryForTokens();
  const scope = field(parameters, 'scope');
  if (scope === undefined) throw refusals.missingParameter('scope', 'query');
  const nonce = field(parameters, 'nonce');
  if (wanted.includes('id_token') && nonce === undefined) throw refusals.missingParameter('nonce', 'query');
  const challenge = readChallenge(
    field(parameters, 'code_challenge'),
    field(parameters, 'code_challenge_method'),
  );
  if (target.client?.singlePage && !challenge) throw refusals.challengeMissing();
  if (target.toOwnPage) checkOwnPage(wanted, challenge);
  return {
    ...target,
    wanted,
    scopes: parseScopes(scope, ownHost),
    challenge,
    prompt: promptOf(field(parameters, 'prompt')),
    loginHint: field(parameters, 'login_hint'),
    nonce,
    autoConsent: field(parameters, 'auto_consent') === '1',
    clientInfo: field(parameters, 'client_info') === '1',
  };
}

/** The page of this server takes a code that only it can redeem, and no token. */
function checkOwnPage(wanted: readonly Wanted[], challenge: Challenge | undefined): void {
  if (wanted.length !== 1 || wanted[0] !== 'code') throw refusals.unsupportedResponseType(wanted.join(' '));
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
    case 'create': // "make an account first": there is nothing to make here
      return 'select_account';
    default:
      throw refusals.malformed("The parameter 'prompt' must be none, login, consent or select_account.");
  }
}
