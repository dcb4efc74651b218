/** Applications that act without a user, in the form of an account record. */
import type { AccountRecord } from '../people/account-record.ts';

/** An application in the place of a person: it has a name, no drive and no mail. */
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
