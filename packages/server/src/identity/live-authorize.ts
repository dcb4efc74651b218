/**
 * `oauth20_authorize.srf`: the sign-in of login.live.com. Accounts, pages and consents are those of the newer endpoint; the
 * scopes are `wl.*`, and a client may request a token immediately (the implicit flow).
 * Source: MSDN hh243647, "OAuth 2.0" of the Live SDK.
 */
import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import type { World } from '../core/world.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { refusals } from './aadsts.ts';
import { answerGranted, reply } from './authorize-answer.ts';
import { authorizeBy } from './authorize-endpoint.ts';
import { type AuthorizeRequest, type AuthorizeTarget, readAuthorize } from './authorize-request.ts';
import { rememberConsent } from './consent.ts';
import { field } from './form.ts';
import { liveRefusalBody } from './live-refusal.ts';
import { liveTokens } from './live-tokens.ts';

/** The redirect URI of programs that have none of their own. */
const liveDesktop = 'https://login.live.com/oauth20_desktop.srf';

interface LiveAuthorizeRequest extends AuthorizeRequest {
  readonly implicit: boolean;
}

/** Handles GET, and POST of this server's own forms. */
export async function liveAuthorize(context: RouteContext): Promise<ServerResponse> {
  const query = new URLSearchParams(context.query);
  if (field(query, 'redirect_uri') === undefined) query.set('redirect_uri', liveDesktop);
  // Tokens are never put in a query, because servers log it: RFC 6749 §4.2.2.
  if (field(query, 'response_type') === 'token') query.set('response_mode', 'fragment');
  // Silent sign-in in a hidden frame: returns immediately whether a user is signed in, without showing a page.
  if (field(query, 'display') === 'none') query.set('prompt', 'none');
  return authorizeBy({ read, grant, refused: liveRefusalBody }, context, 'consumers', query);
}

function read(target: AuthorizeTarget, parameters: URLSearchParams, ownHost: string): LiveAuthorizeRequest {
  const type = field(parameters, 'response_type');
  if (type !== undefined && type !== 'code' && type !== 'token') throw refusals.unsupportedResponseType(type);
  const implicit = type === 'token';
  if (implicit && target.toOwnPage) throw refusals.unsupportedResponseType('token');
  const translated = new URLSearchParams(parameters);
  translated.set('response_type', 'code');
  // Scopes may be separated by commas, too.
  translated.set('scope', (field(parameters, 'scope') ?? '').replaceAll(',', ' '));
  return { ...readAuthorize(target, translated, ownHost), implicit };
}

async function grant(
  world: World,
  authorization: AuthorizeRequest,
  account: AccountRecord,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServerResponse> {
  if (!('implicit' in authorization) || authorization.implicit !== true)
    return answerGranted(world, authorization, account, headers);
  rememberConsent(world, account, authorization.clientId, authorization.scopes.names);
  const { names, written } = authorization.scopes;
  const tokens = liveTokens(world, { account, clientId: authorization.clientId, scopes: names, written });
  const parameters = {
    access_token: tokens.access_token,
    token_type: tokens.token_type,
    expires_in: String(tokens.expires_in),
    scope: tokens.scope,
    user_id: tokens.user_id,
  };
  return reply(authorization.replyTo, parameters, headers);
}
