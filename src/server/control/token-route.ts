/**
 * A token without a sign-in, for tests in other languages than that of this package: what `token()` is from code. Not for
 * accounts with a password, as the server may have been opened to other machines.
 */
import { readJsonObject } from '../body.ts';
import type { ServerRequest, ServerResponse } from '../http.ts';
import type { IssueOptions } from '../oauth/access-tokens.ts';
import { findAccount } from '../oauth/account-list.ts';
import { invalidRequest, itemNotFound, ServiceError } from '../service-error.ts';
import type { World } from '../world.ts';

/** `{"account": id or userPrincipalName, "scopes": […], "expiresIn": ms}`, all of it optional. */
export async function answerToken(
  request: ServerRequest,
  world: World,
  issue: (options: IssueOptions) => string,
): Promise<ServerResponse> {
  const wanted = readWanted(await readJsonObject(request));
  const account = findAccount(world, wanted.account);
  if (account === undefined) throw itemNotFound(`There is no account ${wanted.account ?? ''} here.`);
  if (account.password !== undefined)
    throw new ServiceError(403, 'accessDenied', 'The account has a password: sign in.');
  const token = issue(wanted);
  if (request.headers['accept'] === 'text/plain')
    return { status: 200, headers: { 'Content-Type': 'text/plain', ...uncached }, body: token };
  const lifetime = wanted.expiresIn ?? world.settings.identity.accessTokenLifetime;
  const body = { token_type: 'Bearer', access_token: token, expires_in: Math.floor(lifetime / 1000) };
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', ...uncached },
    body: JSON.stringify(body),
  };
}

const uncached = { 'Cache-Control': 'no-store' };

function readWanted(body: Readonly<Record<string, unknown>>): IssueOptions {
  const { account, scopes, expiresIn } = body;
  const valid =
    (account === undefined || typeof account === 'string') &&
    (scopes === undefined || (Array.isArray(scopes) && scopes.every((one) => typeof one === 'string'))) &&
    (expiresIn === undefined || (typeof expiresIn === 'number' && expiresIn > 0));
  if (!valid) throw invalidRequest('Expected {"account": "…", "scopes": ["…"], "expiresIn": milliseconds}.');
  return {
    ...(account === undefined ? {} : { account }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresIn === undefined ? {} : { expiresIn }),
  };
}
