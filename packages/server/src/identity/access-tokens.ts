/** Access tokens: issues them, stores their digests, and checks them on every Graph request. */

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

/** The caller of a request and its permissions. */
export interface Caller {
  readonly account: AccountRecord;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** When the token expires: milliseconds since the epoch. Undefined for callers without a token. */
  readonly tokenExpires?: number;
}

/** Options of a new access token. */
export interface IssueOptions {
  /** Id or userPrincipalName. Default: the first account. */
  readonly account?: string;
  /** Default: scopes to read and write everything. */
  readonly scopes?: readonly string[];
  /** Lifetime in milliseconds. Default: the setting `accessTokenLifetime`. */
  readonly expiresIn?: number;
  readonly clientId?: string;
  /**
   * Client id of an application that acts for itself, as after `client_credentials`: the token belongs to no account, and
   * `/me` is not available. Default for `scopes`: the permissions of the application's registration.
   */
  readonly application?: string;
  /**
   * Default: true. With false the token is held in memory only, until this process ends; it can be issued even when the disk
   * is full.
   */
  readonly keep?: boolean;
}

export const everyScope = ['Files.ReadWrite.All', 'Sites.ReadWrite.All', 'User.Read'] as const;

/** The client id of tokens that were not issued over HTTP. */
const inProcessClient = '00000000-0000-4000-8000-000000000001';

/**
 * Issues an access token that is valid immediately, without a sign-in: for tests and for use within one process.
 * @throws Error when the account does not exist.
 */
export function issueToken(world: World, options: IssueOptions = {}): string {
  if (options.application !== undefined) return issueApplicationToken(world, options.application, options);
  const account = findAccount(world, options.account);
  if (!account)
    throw new Error(
      `No account ${options.account ?? ''} on this server: seed one with createOneDrive({ accounts }).`,
    );
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

/** Issues a token for an application that acts for itself. */
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

/** A token in the format of tokens for personal accounts: `EwC…`, opaque. */
export function opaqueToken(world: World): string {
  return newSecret(world.random, 'EwC') + newSecret(world.random) + newSecret(world.random);
}

/** Stores `token`, so that requests with it are accepted. */
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
 * Returns the caller, read from the `Authorization: Bearer …` header.
 * @throws ServiceError 401 `InvalidAuthenticationToken` with a `WWW-Authenticate` header when the token is missing,
 * malformed, unknown (also: revoked) or expired.
 */
export function authenticate(request: ServerRequest, world: World): Caller {
  const token = bearerToken(request);
  const digest = world.digest(token);
  const { record, account } = world.storage.read((records) => {
    const record = world.processTokens.get(digest) ?? accessTokens.get(records, digest);
    return { record, account: record && accountOf(record, accounts.get(records, record.accountId)) };
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

/**
 * The authorization endpoint that a challenge names: on this server or, for Microsoft's own hosts, on
 * login.microsoftonline.com.
 */
function authorizeAddress({ url }: ServerRequest): string {
  const origin = isCloudHost(url.hostname) ? 'https://login.microsoftonline.com' : url.origin;
  return `${origin}/common/oauth2/authorize`;
}

/** Continuous access evaluation: the token is valid, but the API demands further claims. */
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
 * 401 in the format of Graph's gateway. OneDrive itself puts `expired_token` into the challenge for an expired token; some
 * clients look for that word.
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
 * Checks that the token allows this access.
 * @throws ServiceError 403 `accessDenied`, for instance for a write with a read-only scope.
 */
export function requires(caller: Caller, access: Access): void {
  if (!allows(caller.scopes, access)) throw accessDenied();
}

/** The account of the caller. @throws ServiceError 400 for an application that acts for itself: it has no "me". */
export function signedInPerson({ account }: Caller): AccountRecord {
  if (!account.application) return account;
  throw new ServiceError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
}
