/** Who can sign in. Their tokens are oauth/records.ts. */
import { collection } from '../storage/collection.ts';

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
  /** Asked for at sign-in; without one the account is picked from a list. A test account's: kept as it is. */
  readonly password?: string;
  /** Consents by itself when a client names it in `login_hint`: for clients without a browser. */
  readonly autoConsent?: boolean;
  /** No person but an application that acts for itself: made for one request, never stored. */
  readonly application?: boolean;
  /** Business: a directory other than the server's own (`identity.tenantId`). */
  readonly tenantId?: string;
}

/** Nobody in particular: whoever holds an anonymous link of a personal drive. Never stored. */
export const anonymousAccount: AccountRecord = {
  id: '',
  kind: 'personal',
  userPrincipalName: '',
  displayName: 'Anonymous',
  givenName: '',
  surname: '',
  mail: '',
  driveId: '',
};

/** Accounts by id. */
export const accounts = collection<AccountRecord>('account');
