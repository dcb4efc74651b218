/** Accounts that can sign in. Their tokens are in identity/records.ts. */
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

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

/** Accounts by id, which is in lower case. The look-ups are `upn:`, `mail:`, `domain:` and `directory:`. */
export const accounts = collection<AccountRecord>('account', (account) => [
  `upn:${account.userPrincipalName.toLowerCase()}`,
  `mail:${account.mail.toLowerCase()}`,
  ...(account.kind === 'business' ? directoryLookups(account) : []),
]);

/** Accounts without a directory of their own belong to that of the server. */
const directoryLookups = ({ tenantId = '', userPrincipalName }: AccountRecord): readonly string[] => [
  `directory:${tenantId.toLowerCase()}`,
  `domain:${userPrincipalName.slice(userPrincipalName.lastIndexOf('@') + 1).toLowerCase()}`,
];

/** The accounts with that id or userPrincipalName, without case. */
export function accountsCalled(records: Records, name: string): readonly AccountRecord[] {
  const key = name.toLowerCase();
  const byId = accounts.get(records, key);
  return byId === undefined ? accounts.find(records, `upn:${key}`) : [byId];
}

/** The same, and those with that mail address. */
export function accountsWithAddress(records: Records, address: string): readonly AccountRecord[] {
  const found = [
    ...accountsCalled(records, address),
    ...accounts.find(records, `mail:${address.toLowerCase()}`),
  ];
  return [...new Map(found.map((account) => [account.id, account])).values()];
}
