/** Access tokens: issued with a digest kept, and checked on every request to Graph. */

import type { ServerRequest } from '../core/http.ts';
import { accessDenied, ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { isCloudHost } from '../listen/intercept/cloud-hosts.ts';
import { type AccountRecord, accounts } from '../people/account-record.ts';
import { findAccount } from './account-list.ts';
import { applicationRecord } from './application-record.ts';
import { listClients } from './clients.ts';
import { demandedClaims, policyOf } from './policies.ts';
import { type AccessTokenRecord, accessTokens } from './records.ts';
import { type Access, allows } from './scopes.ts';
import { newSecret } from './secrets.ts';
import { sweep } from './sweep.ts';

/** Whom a request comes from and what it may do. */
export interface Caller {
  readonly account: AccountRecord;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** When the token ends: milliseconds since the epoch. Undefined where there is none. */
  readonly tokenExpires?: number;
}

/** What a token is to be good for. */
export interface IssueOptions {
  /** Id or userPrincipalName. Default: the first account. */
  readonly account?: string;
  /** Default: read and write everything. */
  readonly scopes?: readonly string[];
  /** Milliseconds. Default: the setting `accessTokenLifetime`. */
  readonly expiresIn?: number;
  readonly clientId?: string;
  /**
   * Client id of an application that acts for itself, as after `client_credentials`: no account is involved, and there
   * is no `/me`. Scopes default to the permissions that it is registered with.
   */
  readonly application?: string;
  /**
   * Default: true. With false the token ends with this process, and nothing is written: it can be had on a full disk.
   */
  readonly keep?: boolean;
}

export const everyScope = ['Files.ReadWrite.All', 'Sites.ReadWrite.All', 'User.Read'] as const;

/** The client id of tokens that were not asked for over HTTP. */
const inProcessClient = '00000000-0000-4000-8000-000000000001';

/**
 * Makes an access token that is valid at once, without a sign-in: for tests and for use within one process.
 * @throws Error when there is no such account.
 */
export function issueToken(world: World, options: IssueOptions = {}): string {
  if (options.application !== undefined) return issueApplicationToken(world, options.application, options);
  const account = findAccount(world, options.account);
  if (!account)
    throw new Error(`No account ${options.account ?? ''} here: seed one with createOneDrive({ accounts }).`);
  const token = opaqueToken(world);
  const record: AccessTokenRecord = {
    accountId: account.id,
    clientId: options.clientId ?? inProcessClient,
    scopes: options.scopes ?? everyScope,
    expires: world.clock.now() + (options.expiresIn ?? world.settings.identity.accessTokenLifetime),
  };
  if (options.keep === false) world.processTokens.set(world.digest(token), record);
  else rememberToken(world, token, record);
  return token;
}

/** The token that an application gets for itself. */
function issueApplicationToken(world: World, clientId: string, options: IssueOptions): string {
  const registration = listClients(world).find(({ id }) => id.toLowerCase() === clientId.toLowerCase());
  const token = opaqueToken(world);
  rememberToken(world, token, {
    accountId: clientId,
    clientId,
    scopes: options.scopes ?? registration?.permissions ?? everyScope,
    application: { name: registration?.name ?? clientId, tenantId: world.settings.identity.tenantId },
    expires: world.clock.now() + (options.expiresIn ?? world.settings.identity.accessTokenLifetime),
  });
  return token;
}

/** A token in the shape of those for personal accounts: `EwC…`, opaque. */
export function opaqueToken(world: World): string {
  return newSecret(world.random, 'EwC') + newSecret(world.random) + newSecret(world.random);
}

/** Makes `token` valid. */
export function rememberToken(
  world: World,
  token: string,
  record: Parameters<typeof accessTokens.put>[2],
): void {
  world.storage.write((records) => {
    sweep(world, records);
    accessTokens.put(records, world.digest(token), record);
  });
}

/**
 * Who sent this request, by its `Authorization: Bearer …` header.
 * @throws ServiceError 401 `InvalidAuthenticationToken` with a `WWW-Authenticate` header when the token is missing,
 * malformed, unknown (also: revoked) or expired.
 */
export function authenticate(request: ServerRequest, world: World): Caller {
  const token = bearerToken(request);
  const digest = world.digest(token);
  const { record, account } = world.storage.read((records) => {
    const found = world.processTokens.get(digest) ?? accessTokens.get(records, digest);
    return { record: found, account: found && accountOf(found, accounts.get(records, found.accountId)) };
  });
  if (!record || !account)
    throw unauthorized(
      request,
      'Access token validation failure. The token is unknown or revoked.',
      'invalid_token',
    );
  if (record.expires <= world.clock.now()) {
    throw unauthorized(request, 'Lifetime validation failed, the token is expired.', 'expired_token');
  }
  if (!record.proven && policyOf(world, account.id) === 'claims') throw insufficientClaims(request);
  return { account, clientId: record.clientId, scopes: record.scopes, tokenExpires: record.expires };
}

function accountOf(record: AccessTokenRecord, account: AccountRecord | undefined): AccountRecord | undefined {
  const { application, clientId } = record;
  return application ? applicationRecord(clientId, application.name, application.tenantId) : account;
}

/** Where to sign in, as a challenge names it: next to this API, or where Microsoft's own hosts send everyone. */
function authorizeAddress({ url }: ServerRequest): string {
  const origin = isCloudHost(url.hostname) ? 'https://login.microsoftonline.com' : url.origin;
  return `${origin}/common/oauth2/authorize`;
}

/** Continuous access evaluation: the token is good, but the API wants to know more. */
function insufficientClaims(request: ServerRequest): ServiceError {
  const authorize = authorizeAddress(request);
  const challenge = `Bearer realm="", authorization_uri="${authorize}", error="insufficient_claims", claims="${btoa(demandedClaims)}"`;
  return new ServiceError(
    401,
    'InvalidAuthenticationToken',
    'Continuous access evaluation resulted in challenge with result: InteractionRequired.',
    { headers: { 'WWW-Authenticate': challenge } },
  );
}

function bearerToken(request: ServerRequest): string {
  const header = request.headers['authorization'] ?? '';
  const [, scheme = '', token = ''] = /^(\S+)[ \t]*(.*)$/.exec(header.trim()) ?? [];
  if (header.trim() === '' || (scheme.toLowerCase() === 'bearer' && token === '')) {
    throw unauthorized(request, 'Access token is empty.', undefined);
  }
  if (scheme.toLowerCase() !== 'bearer' || !/^[\w~+/.-]+=*$/.test(token)) {
    throw unauthorized(request, 'CompactToken parsing failed with error code: 80049217', 'invalid_token');
  }
  return token;
}

/**
 * 401 as Graph's gateway says it. `expired_token` is what OneDrive itself puts into the challenge of an expired token;
 * clients in use look for that word.
 */
function unauthorized(request: ServerRequest, message: string, error: string | undefined): ServiceError {
  const authorize = authorizeAddress(request);
  const challenge = `Bearer realm="", authorization_uri="${authorize}", client_id="00000003-0000-0000-c000-000000000000"`;
  const reason = error === undefined ? '' : `, error="${error}", error_description="${message}"`;
  return new ServiceError(401, 'InvalidAuthenticationToken', message, {
    headers: { 'WWW-Authenticate': challenge + reason },
  });
}

/**
 * Checks that a caller may do this.
 * @throws ServiceError 403 `accessDenied`, for instance for a write with a read-only scope.
 */
export function requires(caller: Caller, access: Access): void {
  if (!allows(caller.scopes, access)) throw accessDenied();
}

/** The person behind a request. @throws ServiceError 400 for an application that acts for itself: it has no "me". */
export function signedInPerson({ account }: Caller): AccountRecord {
  if (!account.application) return account;
  throw new ServiceError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
}
