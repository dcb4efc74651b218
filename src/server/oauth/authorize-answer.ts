/** The end of an authorization request: a code or an error, sent the way that the client asked for. */
import { guidOf } from '../domain/guid.ts';
import type { ServerRequest, ServerResponse } from '../http.ts';
import { formPostPage } from '../page/answer-pages.ts';
import type { AccountRecord } from '../storage/records/account-record.ts';
import type { World } from '../world.ts';
import type { OAuthRefusal } from './aadsts.ts';
import { checkAdminConsent } from './admin-consent.ts';
import type { AuthorizeRequest, ReplyTo } from './authorize-request.ts';
import { rememberConsent } from './consent.ts';
import { checkSignIn } from './policies.ts';
import { authorizationCodes } from './records.ts';
import { withAnswer } from './redirect-uri.ts';
import { refusalBody } from './refusal-answer.ts';
import { newSecret } from './secrets.ts';
import { sweep } from './sweep.ts';
import { clientInfo } from './token-answer.ts';

/** Grants the request: remembers the consent, makes a code and sends it. */
export function answerWithCode(
  world: World,
  asked: AuthorizeRequest,
  account: AccountRecord,
  headers: Readonly<Record<string, string>> = {},
): ServerResponse {
  checkAdminConsent(world, asked.clientId);
  checkSignIn(world, account.id);
  rememberConsent(world, account, asked.clientId, asked.scopes.names);
  const code = newSecret(world.random, account.kind === 'personal' ? 'M.C5_' : '1.A');
  keepCode(world, asked, account, code);
  const parameters = {
    code,
    ...(asked.clientInfo ? { client_info: clientInfo(world, account) } : {}),
    session_state: guidOf(world.random.bytes(16)).toLowerCase(),
  };
  return reply(asked.replyTo, parameters, headers);
}

function keepCode(world: World, asked: AuthorizeRequest, account: AccountRecord, code: string): void {
  const { scopes, challenge, nonce, clientId, replyTo } = asked;
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

/** What of a refusal goes back to the client. */
export function refusalParameters(
  refusal: OAuthRefusal,
  request: ServerRequest,
  world: World,
): Readonly<Record<string, string>> {
  const { error, error_description, error_uri, suberror } = refusalBody(refusal, request, world);
  return { error, error_description, error_uri, ...(suberror === undefined ? {} : { suberror }) };
}

/** Sends an answer back to the client. */
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
  // 303: whatever method brought the person here, the client's address is fetched with GET.
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
