/**
 * A token without a sign-in, for tests in other languages than that of this package: what `token()` is from code. Not for
 * accounts with a password, as the server may have been opened to other machines.
 */
import { readJsonObject } from '../../core/body.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import { invalidRequest, itemNotFound, ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import type { IssueOptions } from '../../identity/access-tokens.ts';
import { findAccount } from '../../identity/account-list.ts';
import { listClients } from '../../identity/clients.ts';

/**
 * `{"account": id or userPrincipalName, "scopes": […], "expiresIn": ms}`, all of it optional; `"application": client id`
 * in place of an account is an application that acts for itself.
 */
export async function answerToken(
  request: ServerRequest,
  world: World,
  issue: (options: IssueOptions) => string,
): Promise<ServerResponse> {
  const wanted = readWanted(await readJsonObject(request));
  if (wanted.application === undefined) checkAccount(world, wanted.account);
  else checkApplication(world, wanted.application);
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

/** @throws ServiceError 404, 403 for an account with a password. */
function checkAccount(world: World, name: string | undefined): void {
  const account = findAccount(world, name);
  if (account === undefined) throw itemNotFound(`There is no account ${name ?? ''} here.`);
  if (account.password !== undefined)
    throw new ServiceError(403, 'accessDenied', 'The account has a password: sign in.');
}

/** @throws ServiceError 403 for an application that is registered with credentials of its own. */
function checkApplication(world: World, clientId: string): void {
  const found = listClients(world).find(({ id }) => id.toLowerCase() === clientId.toLowerCase());
  if ([found?.secret, found?.certificates, found?.federated].some((credential) => credential !== undefined))
    throw new ServiceError(
      403,
      'accessDenied',
      'The application has credentials: use the client_credentials grant.',
    );
}

const uncached = { 'Cache-Control': 'no-store' };

function readWanted(body: Readonly<Record<string, unknown>>): IssueOptions {
  const { account, application, scopes, expiresIn } = body;
  const valid =
    (account === undefined || typeof account === 'string') &&
    (application === undefined || (typeof application === 'string' && application !== '')) &&
    (account === undefined || application === undefined) &&
    (scopes === undefined || (Array.isArray(scopes) && scopes.every((one) => typeof one === 'string'))) &&
    (expiresIn === undefined || (typeof expiresIn === 'number' && expiresIn > 0));
  if (!valid)
    throw invalidRequest(
      'Expected {"account": "…", "scopes": ["…"], "expiresIn": milliseconds}, or "application" in place of "account".',
    );
  return {
    ...(account === undefined ? {} : { account }),
    ...(application === undefined ? {} : { application }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresIn === undefined ? {} : { expiresIn }),
  };
}
