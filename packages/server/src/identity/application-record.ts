/** Account records that represent applications acting without a user. */
import type { AccountRecord } from '../people/account-record.ts';

/** Returns an account record for an application: it has a name, but no drive and no mail. */
export function applicationRecord(id: string, name: string, tenantId: string): AccountRecord {
  return {
    id,
    kind: 'business',
    application: true,
    userPrincipalName: id,
    displayName: name,
    givenName: '',
    surname: '',
    mail: '',
    driveId: '',
    tenantId,
  };
}
