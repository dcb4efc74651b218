/** Accounts that can sign in. Their tokens are in identity/records.ts. */
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
  /**
   * Required at sign-in; without a password the account is picked from a list. Stored in plain text, because accounts are
   * for tests.
   */
  readonly password?: string;
  /** Consents automatically when a client names it in `login_hint`: for clients without a browser. */
  readonly autoConsent?: boolean;
  /** Represents an application that acts for itself: created for one request, never stored. */
  readonly application?: boolean;
  /** Business accounts: a directory other than the server's own (`identity.tenantId`). */
  readonly tenantId?: string;
}

/** An unknown user who has an anonymous link of a personal drive. Never stored. */
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
