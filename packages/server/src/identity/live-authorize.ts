/**
 * `oauth20_authorize.srf`: the sign-in of login.live.com. The same people, pages and consents as on the newer endpoint;
 * the scopes are `wl.*`, and a token may be asked for at once (the implicit flow).
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

/** Where programs without an address of their own are sent back to. */
const liveDesktop = 'https://login.live.com/oauth20_desktop.srf';

interface LiveAuthorizeRequest extends AuthorizeRequest {
  readonly implicit: boolean;
}

/** GET, and POST of a form of ours. */
export async function liveAuthorize(context: RouteContext): Promise<ServerResponse> {
  const query = new URLSearchParams(context.query);
  if (field(query, 'redirect_uri') === undefined) query.set('redirect_uri', liveDesktop);
  // Tokens never go where a server's log would keep them: RFC 6749 §4.2.2.
  if (field(query, 'response_type') === 'token') query.set('response_mode', 'fragment');
  // A frame that nobody sees: whether somebody is signed in is told at once, and no page is shown.
  if (field(query, 'display') === 'none') query.set('prompt', 'none');
  return authorizeBy({ read, grant, refused: liveRefusalBody }, context, 'consumers', query);
}

function read(target: AuthorizeTarget, parameters: URLSearchParams, ownHost: string): LiveAuthorizeRequest {
  const type = field(parameters, 'response_type');
  if (type !== undefined && type !== 'code' && type !== 'token') throw refusals.unsupportedResponseType(type);
  const implicit = type === 'token';
  if (implicit && target.toOwnPage) throw refusals.unsupportedResponseType('token');
  const known = new URLSearchParams(parameters);
  known.set('response_type', 'code');
  // Words between commas were scopes, too.
  known.set('scope', (field(parameters, 'scope') ?? '').replaceAll(',', ' '));
  return { ...readAuthorize(target, known, ownHost), implicit };
}

async function grant(
  world: World,
  asked: AuthorizeRequest,
  account: AccountRecord,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServerResponse> {
  if (!('implicit' in asked) || asked.implicit !== true) return answerGranted(world, asked, account, headers);
  rememberConsent(world, account, asked.clientId, asked.scopes.names);
  const { names, written } = asked.scopes;
  const tokens = liveTokens(world, { account, clientId: asked.clientId, scopes: names, written });
  const parameters = {
    access_token: tokens.access_token,
    token_type: tokens.token_type,
    expires_in: String(tokens.expires_in),
    scope: tokens.scope,
    user_id: tokens.user_id,
  };
  return reply(asked.replyTo, parameters, headers);
}
