/**
 * `auth revoke`: revokes the access of the application. The service has no endpoint that revokes one token (RFC 7009);
 * consent is revoked on a page, and all sign-ins of an account can be ended together.
 * Source: https://learn.microsoft.com/graph/api/user-revokesigninsessions
 */

import { scopesFor } from 'onedrive-kit/auth';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { sendForNothing } from 'onedrive-kit/internal/graph/send';
import { none } from 'onedrive-kit/internal/http/contract';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { forgetSignIn } from '../../sign-in/forget.ts';
import { hasSecrets } from '../../sign-in/secret-location.ts';
import { show } from '../../sign-in/show.ts';

const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const command = defineCommand({
  name: 'auth_revoke',
  group: 'account',
  summary: 'Revoke the access of this program to the account',
  description:
    'Removes the sign-in from this machine and shows the page on which you can revoke the\nconsent. --everywhere first ends all sign-ins of the account, on every machine and in\nevery program: for work accounts, if an administrator has granted\nUser.RevokeSessions.All (see auth --scope).',
  options: [
    { name: 'everywhere', description: 'end all sign-ins of the account, in every program' },
    dryRunOption,
  ],
  examples: [
    { line: 'auth revoke', note: 'sign out, and show where to revoke the consent' },
    { line: 'auth revoke --everywhere --profile work', note: 'end all sign-ins, for example after a theft' },
  ],
  async run(context, _, { everywhere, ...options }) {
    const profile = await context.profile();
    const personal = profile.session.account?.tenantId === personalTenant || profile.tenant === 'consumers';
    if (everywhere && personal) throw personalAccountError();
    if (options['dry-run'])
      return printPlan(context, [
        { action: everywhere ? 'end all sign-ins of' : 'remove the sign-in of', object: profile.name },
      ]);
    if (!everywhere && !hasSecrets(profile.session))
      await context.note(`Profile "${profile.name}" is not signed in.`);
    if (everywhere) await endSessions(context);
    await forgetSignIn(context, profile);
    const page = personal ? 'https://account.live.com/consent/Manage' : 'https://myapps.microsoft.com';
    await context.note(
      everywhere
        ? 'All sign-ins of the account have been ended. To revoke the consent too, open:'
        : 'The sign-in has been removed from this machine. To revoke the consent too, open:',
    );
    await show(context, page);
    await context.result({ profile: profile.name, everywhere, page });
  },
});

async function endSessions(context: Context): Promise<void> {
  if (context.flags.readOnly)
    throw new OneDriveError('usage', '--everywhere and --read-only cannot be used together.');
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

const requiredScope = 'User.RevokeSessions.All';

function notAllowed(cause: OneDriveError, granted: readonly string[] = scopesFor('read')): OneDriveError {
  const isGranted = granted.some((scope) => scope.toLowerCase().endsWith(requiredScope.toLowerCase()));
  const scopes = [...new Set(['openid', 'profile', 'offline_access', ...granted, requiredScope])].join(' ');
  return new OneDriveError('access-denied', cause.message, {
    cause,
    hint: isGranted
      ? 'Ask an administrator of your organization to allow it.'
      : `This needs the permission ${requiredScope}, which an administrator has to grant. Run: onedrive-cli auth --scope '${scopes}'`,
  });
}

function personalAccountError(): OneDriveError {
  return new OneDriveError(
    'not-supported',
    'All sign-ins of a personal account can be ended only on its web page.',
    {
      hint: 'Choose "Sign me out" at https://account.live.com/proofs/manage/additional, then run `onedrive-cli auth revoke`.',
    },
  );
}
