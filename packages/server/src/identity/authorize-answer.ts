/** The response to an authorization request: a code, tokens or an error, in the response mode that the client requested. */
import { guidOf } from '../core/guid.ts';
import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { World } from '../core/world.ts';
import { formPostPage } from '../page/answer-pages.ts';
import type { AccountRecord } from '../people/account-record.ts';
import type { OAuthRefusal } from './aadsts.ts';
import { checkAdminConsent } from './admin-consent.ts';
import type { AuthorizeRequest, ReplyTo } from './authorize-request.ts';
import { rememberConsent } from './consent.ts';
import { checkSignIn } from './policies.ts';
import { authorizationCodes } from './records.ts';
import { withAnswer } from './redirect-uri.ts';
import { refusalBody } from './refusal-answer.ts';
import { resourceScopes } from './scopes.ts';
import { newSecret } from './secrets.ts';
import { sweep } from './sweep.ts';
import { accessToken, clientInfo, idToken } from './token-answer.ts';

/** Grants the request: stores the consent, creates the code and tokens, and sends them. */
export async function answerGranted(
  world: World,
  authorization: AuthorizeRequest,
  account: AccountRecord,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServerResponse> {
  checkAdminConsent(world, authorization.clientId);
  checkSignIn(world, account.id);
  rememberConsent(world, account, authorization.clientId, authorization.scopes.names);
  const code = authorization.responseTypes.includes('code')
    ? newCode(world, authorization, account)
    : undefined;
  const parameters = {
    ...(code === undefined ? {} : { code }),
    ...(await tokensAtOnce(world, authorization, account, code)),
    ...(authorization.clientInfo ? { client_info: clientInfo(world, account) } : {}),
    session_state: guidOf(world.random.bytes(16)).toLowerCase(),
  };
  return reply(authorization.replyTo, parameters, headers);
}

function newCode(world: World, authorization: AuthorizeRequest, account: AccountRecord): string {
  const code = newSecret(world.random, account.kind === 'personal' ? 'M.C5_' : '1.A');
  keepCode(world, authorization, account, code);
  return code;
}

/** Tokens that are returned immediately, without a code; never a refresh token. OpenID Connect Core §3.2.2.5, §3.3.2.5 */
async function tokensAtOnce(
  world: World,
  authorization: AuthorizeRequest,
  account: AccountRecord,
  code: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { responseTypes: wanted, scopes, clientId, clientInfo, nonce, origin, version } = authorization;
  const { names, written } = scopes;
  const grant = { account, clientId, scopes: names, written, nonce, origin, clientInfo, version };
  const token = wanted.includes('token') ? await accessToken(world, grant) : undefined;
  const idTokenHere = wanted.includes('id_token') ? await idToken(world, grant, { code, token }) : undefined;
  return {
    ...(token === undefined
      ? {}
      : {
          access_token: token,
          token_type: 'Bearer',
          expires_in: String(Math.floor(world.settings.identity.accessTokenLifetime / 1000)),
          scope: resourceScopes(written).join(' '),
        }),
    ...(idTokenHere === undefined ? {} : { id_token: idTokenHere }),
  };
}

function keepCode(world: World, authorization: AuthorizeRequest, account: AccountRecord, code: string): void {
  const { scopes, challenge, nonce, clientId, replyTo } = authorization;
  const record = {
    accountId: account.id,
    clientId,
    scopes: scopes.names,
    written: scopes.written,
    redirectUri: replyTo.redirectUri,
    ...(challenge === undefined ? {} : { challenge }),
    ...(nonce === undefined ? {} : { nonce }),
    expires: world.clock.now() + world.settings.identity.codeLifetime,
  };
  world.storage.write((records) => {
    sweep(world, records);
    authorizationCodes.put(records, world.digest(code), record);
  });
}

/** The parameters of an error that are returned to the client. */
export function refusalParameters(
  refusal: OAuthRefusal,
  request: ServerRequest,
  world: World,
): Readonly<Record<string, string>> {
  const { error, error_description, error_uri, suberror } = refusalBody(refusal, request, world);
  return { error, error_description, error_uri, ...(suberror === undefined ? {} : { suberror }) };
}

/** Sends the response parameters to the client's redirect URI. */
export function reply(
  { redirectUri, mode, state }: ReplyTo,
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): ServerResponse {
  const all = { ...parameters, ...(state === undefined ? {} : { state }) };
  if (mode === 'form_post') {
    const answer = formPostPage(redirectUri, all);
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }
  const location = withAnswer(redirectUri, mode, all);
  // 303: the browser fetches the redirect URI with GET, whatever method it used here.
  return {
    status: 303,
    headers: {
      Location: location,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      ...headers,
    },
  };
}
