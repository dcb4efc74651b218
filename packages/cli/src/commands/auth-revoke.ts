/**
 * `auth revoke`: take back what the application may do. The service has no address at which one token could be revoked
 * (no RFC 7009); consent is taken back on a page, and all sign-ins of an account can be ended at once.
 * Source: https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */

import { scopesFor } from 'onedrive-kit/auth';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { sendForNothing } from 'onedrive-kit/internal/graph/send';
import { none } from 'onedrive-kit/internal/http/contract';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { forgetSignIn } from '../sign-in/forget.ts';
import { show } from '../sign-in/show.ts';
import { keepsSecrets } from '../sign-in/where.ts';

const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const command = defineCommand({
  name: 'auth_revoke',
  group: 'account',
  summary: 'Withdraw the access of this program to the account',
  description:
    'Forgets the sign-in on this machine and shows the page on which the consent can be\ntaken back. With --everywhere it first ends all sign-ins of the account, on every\nmachine and of every program: for accounts of an organisation whose administrator\nallows User.RevokeSessions.All (auth --scope).',
  options: [
    { name: 'everywhere', description: 'end all sign-ins of the account, of every program' },
    dryRunOption,
  ],
  examples: [
    { line: 'auth revoke', note: 'forget, and show where to take the consent back' },
    { line: 'auth revoke --everywhere --profile work', note: 'a machine was stolen' },
  ],
  async run(context, _, { everywhere, ...options }) {
    const profile = await context.profile();
    const personal = profile.session.account?.tenantId === personalTenant || profile.tenant === 'consumers';
    if (everywhere && personal) throw onlyOnThePage();
    if (options['dry-run'])
      return printPlan(context, [
        { action: everywhere ? 'end all sign-ins of' : 'forget the sign-in of', object: profile.name },
      ]);
    if (!everywhere && !keepsSecrets(profile.session))
      await context.note(`Profile "${profile.name}" is not signed in.`);
    if (everywhere) await endSessions(context);
    await forgetSignIn(context, profile);
    const page = personal ? 'https://account.live.com/consent/Manage' : 'https://myapps.microsoft.com';
    await context.note(
      everywhere
        ? 'All sign-ins of the account were ended. The consent itself is taken back at:'
        : 'Nothing of the sign-in is left here. The consent is taken back at:',
    );
    await show(context, page);
    await context.result({ profile: profile.name, everywhere, page });
  },
});

async function endSessions(context: Context): Promise<void> {
  if (context.flags.readOnly)
    throw new OneDriveError('usage', '--everywhere and --read-only exclude each other.');
  const { session } = await context.profile();
  try {
    await sendForNothing(await context.client(), {
      method: 'POST',
      url: '/me/revokeSignInSessions',
      what: 'end the sign-ins of the account',
      contract: none(200, 204),
      options: { signal: context.signal },
    });
  } catch (error) {
    throw isOneDriveError(error) && error.code === 'access-denied'
      ? notAllowed(error, session.scopes)
      : error;
  }
}

const needed = 'User.RevokeSessions.All';

function notAllowed(cause: OneDriveError, granted: readonly string[] = scopesFor('read')): OneDriveError {
  const has = granted.some((scope) => scope.toLowerCase().endsWith(needed.toLowerCase()));
  const scopes = [...new Set(['openid', 'profile', 'offline_access', ...granted, needed])].join(' ');
  return new OneDriveError('access-denied', cause.message, {
    cause,
    hint: has
      ? 'Ask an administrator of your organisation.'
      : `It needs ${needed}, which an administrator has to allow. Run: onedrive-cli auth --scope '${scopes}'`,
  });
}

function onlyOnThePage(): OneDriveError {
  return new OneDriveError('not-supported', 'No program can end all sign-ins of a personal account.', {
    hint: 'Choose "Sign me out" at https://account.live.com/proofs/manage/additional, then run `onedrive-cli auth revoke`.',
  });
}
