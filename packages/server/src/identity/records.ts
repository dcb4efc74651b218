/**
 * What the identity service remembers. Secrets (tokens, codes, cookies) are kept under their digest, never as they are,
 * so a copy of the data folder signs nobody in. Times are milliseconds since the epoch.
 */
import { collection } from '../storage/collection.ts';

export interface AccessTokenRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expires: number;
  /** The application itself, not a person: its name and directory. `accountId` is then its id. */
  readonly application?: { readonly name: string; readonly tenantId: string };
  /** It was asked for with the claims that the API had demanded. */
  readonly proven?: boolean;
  /** Digest of the authorization code that it came of, at first hand or by renewals. */
  readonly grantedBy?: string;
}

/** Access tokens by digest. */
export const accessTokens = collection<AccessTokenRecord>('access-token');

export interface RefreshTokenRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The scopes as the client spelled them. */
  readonly written: readonly string[];
  readonly expires: number;
  /** When it was first exchanged for a new one. */
  readonly replaced?: number;
  /** Consent to its application was taken back; kept until it expires. */
  readonly withdrawn?: boolean;
  /** Revoked by `revokeTokens`; kept until it expires, so the client learns why. */
  readonly revoked?: boolean;
  /** As in {@link AccessTokenRecord}. */
  readonly grantedBy?: string;
}

/** Refresh tokens by digest. */
export const refreshTokens = collection<RefreshTokenRecord>('refresh-token');

export interface AuthorizationCodeRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly written: readonly string[];
  readonly redirectUri: string;
  readonly challenge?: { readonly method: 'S256' | 'plain'; readonly value: string };
  readonly nonce?: string;
  readonly expires: number;
  /** `once` is as it should be; `again` means that somebody else has the code too. */
  readonly redeemed?: 'once' | 'again';
}

/** Authorization codes by digest. A redeemed one is kept until it expires, to notice when it comes again. */
export const authorizationCodes = collection<AuthorizationCodeRecord>('authorization-code');

/** What the person at the other screen has said so far. */
export type DeviceDecision =
  | { readonly kind: 'pending' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'approved'; readonly accountId: string };

export interface DeviceCodeRecord {
  readonly userCode: string;
  readonly clientId: string;
  /** The `{tenant}` that the device asked at. */
  readonly tenantName: string;
  readonly scopes: readonly string[];
  readonly written: readonly string[];
  readonly expires: number;
  /** Milliseconds that the device has to leave between polls. */
  readonly interval: number;
  readonly polled?: number;
  readonly decision: DeviceDecision;
}

/** Device codes by digest. */
export const deviceCodes = collection<DeviceCodeRecord>('device-code');

/** Digests of device codes by what the person types. */
export const userCodes = collection<{ readonly device: string; readonly expires: number }>('user-code');

export interface SessionRecord {
  readonly accountId: string;
  /** What a form has to send back: proof that it came from our own page. */
  readonly formKey: string;
  readonly expires: number;
}

/** Browsers that are signed in, by digest of their cookie. */
export const sessions = collection<SessionRecord>('session');

/** Applications that login.live.com knows to be mobile: they refreshed without a secret. By id in lower case. */
export const mobileClients = collection<{ readonly since: number }>('mobile-client');

/** What an account let an application do, by {@link consentKey}. */
export const consents = collection<{ readonly scopes: readonly string[] }>('consent');

/** The key of a consent. */
export const consentKey = (accountId: string, clientId: string): string =>
  `${accountId}/${clientId.toLowerCase()}`;

/** The key that signs tokens, as a private JWK. */
export const signingKeys = collection<{ readonly [member: string]: unknown }>('signing-key');
