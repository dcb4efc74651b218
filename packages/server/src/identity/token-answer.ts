/**
 * The response of a successful grant: an access token and, depending on the scopes, a refresh token and an id token.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#successful-response-2
 */
import { base64url, base64urlOfText, bytesOfBase64url } from '../core/base-encodings.ts';
import { guidOf } from '../core/guid.ts';
import type { World } from '../core/world.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { everyScope, opaqueToken, rememberToken } from './access-tokens.ts';
import { refreshTokens } from './records.ts';
import { hasScope, resourceScopes } from './scopes.ts';
import { newSecret } from './secrets.ts';
import { signJwt } from './signing-keys.ts';
import { objectId, tenantOf } from './tenants.ts';

/** What a user or administrator granted to an application. */
export interface Grant {
  readonly account: AccountRecord;
  readonly clientId: string;
  /** Canonical names, including the scopes of OpenID Connect. */
  readonly scopes: readonly string[];
  /** `scope` of the response, in the client's spelling. */
  readonly written: readonly string[];
  readonly nonce?: string | undefined;
  /** The user has just signed in, or the client sent the claims that the API demanded. */
  readonly proven?: boolean;
  /** Scopes of the new refresh token, if they are more than those of this response (RFC 6749 §6). */
  readonly renews?: { readonly scopes: readonly string[]; readonly written: readonly string[] };
  /** Digest of the authorization code, if there is one. */
  readonly grantedBy?: string | undefined;
  /** Scheme and host of this server in the client's request: the issuer. */
  readonly origin: string;
  /** Version of the id token. Default: 2.0. */
  readonly version?: '1.0' | undefined;
  /** The client sent `client_info=1`, as MSAL does. */
  readonly clientInfo: boolean;
}

/** Issues the tokens of a grant and stores the records to validate them. */
export async function tokenAnswer(world: World, grant: Grant): Promise<Readonly<Record<string, unknown>>> {
  const seconds = Math.floor(world.settings.identity.accessTokenLifetime / 1000);
  return {
    token_type: 'Bearer',
    // An application's own token has all its permissions; the response does not list them.
    ...(grant.account.application ? {} : { scope: scopeOfResponse(grant) }),
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: await accessToken(world, grant),
    ...(hasScope(grant.scopes, 'offline_access') ? { refresh_token: refreshToken(world, grant) } : {}),
    ...(hasScope(grant.scopes, 'openid') ? { id_token: await idToken(world, grant) } : {}),
    ...(grant.clientInfo ? { client_info: clientInfo(world, grant.account) } : {}),
  };
}

function scopeOfResponse({ written }: Grant): string {
  return written.filter((scope) => !/(?:^|\/)offline_access$/i.test(scope)).join(' ');
}

/** base64url of `{uid, utid}`, by which MSAL distinguishes accounts. */
export function clientInfo(world: World, account: AccountRecord): string {
  return base64urlOfText(JSON.stringify({ uid: objectId(account), utid: tenantOf(world, account) }));
}

/** Issues an access token for a grant. */
export async function accessToken(world: World, grant: Grant): Promise<string> {
  const granted = resourceScopes(grant.scopes);
  const scopes = granted.length > 0 ? granted : everyScope.filter((scope) => scope === 'User.Read');
  const token =
    grant.account.kind === 'personal' ? opaqueToken(world) : await businessToken(world, grant, scopes);
  const expires = world.clock.now() + world.settings.identity.accessTokenLifetime;
  rememberToken(world, token, {
    accountId: grant.account.id,
    clientId: grant.clientId,
    scopes,
    expires,
    ...(grant.proven ? { proven: true } : {}),
    ...(grant.grantedBy === undefined ? {} : { grantedBy: grant.grantedBy }),
    ...(grant.account.application
      ? { application: { name: grant.account.displayName, tenantId: tenantOf(world, grant.account) } }
      : {}),
  });
  return token;
}

/** Clients should treat the token as opaque, but some parse it: the claims are those of Graph's tokens. */
async function businessToken(world: World, grant: Grant, scopes: readonly string[]): Promise<string> {
  const { account, clientId } = grant;
  const { name, sid, ...claims } = commonClaims(world, grant, world.settings.identity.accessTokenLifetime);
  return signJwt(world, {
    ...claims,
    aud: '00000003-0000-0000-c000-000000000000',
    appid: clientId,
    // https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference: a token of an application has roles.
    ...(account.application
      ? {
          iss: issuerV1(tenantOf(world, account)),
          app_displayname: name,
          idtyp: 'app',
          roles: scopes,
          ver: '1.0',
        }
      : { ...olderNames(world, account), name, sid, idtyp: 'user', scp: scopes.join(' ') }),
    uti: newSecret(world.random).slice(0, 22),
  });
}

/** The code and access token that an id token is returned with; it contains their hashes. */
interface Companions {
  readonly code?: string | undefined;
  readonly token?: string | undefined;
}

/** https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
export async function idToken(world: World, grant: Grant, { code, token }: Companions = {}): Promise<string> {
  const { account, scopes } = grant;
  return signJwt(world, {
    ...commonClaims(world, grant, 3600_000),
    aud: grant.clientId,
    ...(grant.version === '1.0' ? olderNames(world, account) : newerNames(world, grant)),
    ...(hasScope(scopes, 'email') ? { email: account.mail } : {}),
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
    ...(code === undefined ? {} : { c_hash: halfHash(world, code) }),
    ...(token === undefined ? {} : { at_hash: halfHash(world, token) }),
  });
}

function newerNames(world: World, { account, origin }: Grant): Readonly<Record<string, unknown>> {
  return {
    iss: `${origin}/${tenantOf(world, account)}/v2.0`,
    preferred_username: account.userPrincipalName,
    ver: '2.0',
  };
}

/** The claims of an id token of Azure AD v1.0; its issuer differs. */
function olderNames(world: World, account: AccountRecord): Readonly<Record<string, unknown>> {
  return {
    iss: issuerV1(tenantOf(world, account)),
    upn: account.userPrincipalName,
    unique_name: account.userPrincipalName,
    given_name: account.givenName,
    family_name: account.surname,
    ver: '1.0',
  };
}

/** The issuer of access tokens, and of the id tokens of v1.0. */
export const issuerV1 = (tenantId: string): string => `https://sts.windows.net/${tenantId}/`;

/** OpenID Connect Core §3.3.2.11: the left half of the SHA-256 digest, as base64url. */
function halfHash(world: World, text: string): string {
  return base64url(bytesOfBase64url(world.digest(text))?.subarray(0, 16) ?? new Uint8Array());
}

function commonClaims(world: World, grant: Grant, life: number) {
  const { account, clientId } = grant;
  const now = Math.floor(world.clock.now() / 1000);
  return {
    iat: now,
    nbf: now,
    exp: now + Math.floor(life / 1000),
    name: account.displayName,
    oid: objectId(account),
    sub: subjectOf(world, account, clientId),
    tid: tenantOf(world, account),
    sid: guidOf(world.random.bytes(16)).toLowerCase(),
  };
}

/** `sub`: differs between applications, so that they cannot correlate users. */
export function subjectOf(world: World, account: AccountRecord, clientId: string): string {
  return world.digest(`${objectId(account)} ${clientId.toLowerCase()}`);
}

/** Issues a refresh token for a grant. */
export function refreshToken(
  world: World,
  grant: Pick<Grant, 'account' | 'clientId' | 'scopes' | 'written' | 'renews' | 'grantedBy'>,
): string {
  const token =
    newSecret(world.random, grant.account.kind === 'personal' ? 'M.C5_' : '1.A') + newSecret(world.random);
  const { account, clientId, grantedBy } = grant;
  const { scopes, written } = grant.renews ?? grant;
  const expires = world.clock.now() + world.settings.identity.refreshTokenLifetime;
  world.storage.write((records) =>
    refreshTokens.put(records, world.digest(token), {
      accountId: account.id,
      clientId,
      scopes,
      written,
      expires,
      ...(grantedBy === undefined ? {} : { grantedBy }),
    }),
  );
  return token;
}
