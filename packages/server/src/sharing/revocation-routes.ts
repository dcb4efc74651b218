/**
 * Ends all sign-ins of a user. No permission allows this for personal accounts, and scopes for files do not include it.
 * https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */
import { json } from '../core/answers.ts';
import { ServiceError } from '../core/service-error.ts';
import { type GraphContext, type GraphRoute, param } from '../files/drives/drive-route.ts';
import { signedInPerson } from '../identity/access-tokens.ts';
import { revokeSignIns } from '../identity/revoke.ts';
import { hasScope } from '../identity/scopes.ts';
import type { AccountRecord } from '../people/account-record.ts';
import { findUser } from '../people/user-routes.ts';

const source = 'https://learn.microsoft.com/graph/api/user-revokesigninsessions';

/** From the least privileged on, in the order of the documentation. */
const enough = ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];

export const revocationRoutes: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: 'me/revokeSignInSessions',
    writes: false,
    access: 'any',
    source,
    handle: async (context) => endSignIns(context, signedInPerson(context.caller)),
  },
  {
    method: 'POST',
    path: 'users/{user}/revokeSignInSessions',
    writes: false,
    access: 'any',
    source,
    handle: async (context) => endSignIns(context, findUser(context, param(context, 'user'))),
  },
];

/** Returns 200 with a Boolean, as in the documentation's example. */
function endSignIns({ caller, world, links }: GraphContext, account: AccountRecord) {
  const allowed = enough.some((scope) => hasScope(caller.scopes, scope));
  if (account.kind === 'personal' || !allowed)
    throw new ServiceError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  revokeSignIns(world, account.id);
  return json(200, { '@odata.context': `${links.base}/$metadata#Edm.Boolean`, value: true });
}
