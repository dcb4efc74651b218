/**
 * Issues a token without a sign-in, for tests in other languages; in code, `token()` does the same. Not for accounts
 * with a password, because other machines may be able to reach the server.
 */
import { readJsonObject } from '../../core/body.ts';
import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import { invalidRequest, itemNotFound, ServiceError } from '../../core/service-error.ts';
import type { World } from '../../core/world.ts';
import type { IssueOptions } from '../../identity/access-tokens.ts';
import { findAccount } from '../../identity/account-list.ts';
import { listClients } from '../../identity/clients.ts';

/**
 * `{"account": id or userPrincipalName, "scopes": […], "expiresIn": ms}`, all optional; `"application": client id`
 * instead of an account issues an app-only token.
 */
export async function answerToken(
  request: ServerRequest,
  world: World,
  issue: (options: IssueOptions) => string,
): Promise<ServerResponse> {
  const options = readOptions(await readJsonObject(request));
  if (options.application === undefined) checkAccount(world, options.account);
  else checkApplication(world, options.application);
  const token = issue(options);
  if (request.headers['accept'] === 'text/plain')
    return { status: 200, headers: { 'Content-Type': 'text/plain', ...noStore }, body: token };
  const lifetime = options.expiresIn ?? world.settings.identity.accessTokenLifetime;
  const body = { token_type: 'Bearer', access_token: token, expires_in: Math.floor(lifetime / 1000) };
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', ...noStore },
    body: JSON.stringify(body),
  };
}

/** @throws ServiceError 404 if the account does not exist, 403 if it has a password. */
function checkAccount(world: World, name: string | undefined): void {
  const account = findAccount(world, name);
  if (account === undefined) throw itemNotFound(`There is no account ${name ?? ''}.`);
  if (account.password !== undefined)
    throw new ServiceError(403, 'accessDenied', 'The account has a password. Sign in to get a token.');
}

/** @throws ServiceError 403 for an application that is registered with credentials. */
function checkApplication(world: World, clientId: string): void {
  const client = listClients(world).find(({ id }) => id.toLowerCase() === clientId.toLowerCase());
  if (
    [client?.secret, client?.certificates, client?.federated].some((credential) => credential !== undefined)
  )
    throw new ServiceError(
      403,
      'accessDenied',
      'The application has credentials: use the client_credentials grant.',
    );
}

const noStore = { 'Cache-Control': 'no-store' };

function readOptions(body: Readonly<Record<string, unknown>>): IssueOptions {
  const { account, application, scopes, expiresIn } = body;
  const valid =
    (account === undefined || typeof account === 'string') &&
    (application === undefined || (typeof application === 'string' && application !== '')) &&
    (account === undefined || application === undefined) &&
    (scopes === undefined || (Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string'))) &&
    (expiresIn === undefined || (typeof expiresIn === 'number' && expiresIn > 0));
  if (!valid)
    throw invalidRequest(
      'Expected {"account": "…", "scopes": ["…"], "expiresIn": milliseconds}, or "application" instead of "account".',
    );
  return {
    ...(account === undefined ? {} : { account }),
    ...(application === undefined ? {} : { application }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresIn === undefined ? {} : { expiresIn }),
  };
}
