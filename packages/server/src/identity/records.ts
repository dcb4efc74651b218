/**
 * Records of the identity service. Secrets (tokens, codes, cookies) are stored only as digests, so a copy of the data folder
 * cannot be used to sign in. Times are milliseconds since the epoch.
 */
import { collection } from '../storage/collection.ts';

function ownerLookups(record: {
  readonly accountId: string;
  readonly grantedBy?: string;
}): readonly string[] {
  const { accountId, grantedBy } = record;
  return [`account:${accountId}`, ...(grantedBy === undefined ? [] : [`granted:${grantedBy}`])];
}

export interface AccessTokenRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expires: number;
  /**
   * The token belongs to the application itself, which has this name and directory. `accountId` is then the application's
   * id.
   */
  readonly application?: { readonly name: string; readonly tenantId: string };
  /** The client requested this token with the claims that the API demanded. */
  readonly proven?: boolean;
  /** Digest of the authorization code that the token was issued for, directly or by renewal. */
  readonly grantedBy?: string;
}

/** Access tokens by digest. The look-ups are `account:` and `granted:` (digest of the authorization code). */
export const accessTokens = collection<AccessTokenRecord>('access-token', ownerLookups);

export interface RefreshTokenRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The scopes as the client spelled them. */
  readonly written: readonly string[];
  readonly expires: number;
  /** When the token was first exchanged for a new one. */
  readonly replaced?: number;
  /** The consent to its application was withdrawn; the record is kept until it expires. */
  readonly withdrawn?: boolean;
  /** Revoked by `revokeTokens`; kept until it expires, so that the client gets the right error. */
  readonly revoked?: boolean;
  /** See {@link AccessTokenRecord}. */
  readonly grantedBy?: string;
}

/** Refresh tokens by digest. The look-ups are those of access tokens. */
export const refreshTokens = collection<RefreshTokenRecord>('refresh-token', ownerLookups);

export interface AuthorizationCodeRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly written: readonly string[];
  readonly redirectUri: string;
  readonly challenge?: { readonly method: 'S256' | 'plain'; readonly value: string };
  readonly nonce?: string;
  readonly expires: number;
  /** `once`: the code was redeemed normally; `again`: it was used a second time, so it has leaked. */
  readonly redeemed?: 'once' | 'again';
}

/** Authorization codes by digest. A redeemed code is kept until it expires, to detect a second use. */
export const authorizationCodes = collection<AuthorizationCodeRecord>('authorization-code');

/** The user's decision so far. */
export type DeviceDecision =
  | { readonly kind: 'pending' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'approved'; readonly accountId: string };

export interface DeviceCodeRecord {
  readonly userCode: string;
  readonly clientId: string;
  /** The `{tenant}` in the address that the device used. */
  readonly tenantName: string;
  readonly scopes: readonly string[];
  readonly written: readonly string[];
  readonly expires: number;
  /** Minimum interval between polls, in milliseconds. */
  readonly interval: number;
  readonly polled?: number;
  readonly decision: DeviceDecision;
}

/** Device codes by digest. */
export const deviceCodes = collection<DeviceCodeRecord>('device-code');

/** Digests of device codes by user code. */
export const userCodes = collection<{ readonly device: string; readonly expires: number }>('user-code');

export interface SessionRecord {
  readonly accountId: string;
  /** Forms must send this value back: it proves that the form came from this server. */
  readonly formKey: string;
  readonly expires: number;
}

/** Signed-in browsers, by the digest of their cookie. */
export const sessions = collection<SessionRecord>('session', ownerLookups);

/** Applications that login.live.com treats as mobile, because they refreshed without a secret. By lowercase id. */
export const mobileClients = collection<{ readonly since: number }>('mobile-client');

/** Scopes that an account consented to for an application, by {@link consentKey}. */
export const consents = collection<{ readonly scopes: readonly string[] }>('consent');

/** The key of a consent. */
export const consentKey = (accountId: string, clientId: string): string =>
  `${accountId}/${clientId.toLowerCase()}`;

/** The key that signs tokens, as a private JWK. */
export const signingKeys = collection<{ readonly [member: string]: unknown }>('signing-key');
