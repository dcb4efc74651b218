/** Who can sign in, and the access tokens that let them in. */
import { collection } from './collection.ts';

export type DriveKind = 'personal' | 'business' | 'documentLibrary';

export interface AccountRecord {
  /** Personal: 16 hex digits, lower case. Business: a GUID. */
  readonly id: string;
  readonly kind: 'personal' | 'business';
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly mail: string;
  /** Id of the account's own drive. */
  readonly driveId: string;
}

/** Accounts by id. */
export const accounts = collection<AccountRecord>('account');

export interface AccessTokenRecord {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Access tokens by the token itself: this is a stand-in for a service, not a vault. */
export const accessTokens = collection<AccessTokenRecord>('access-token');
