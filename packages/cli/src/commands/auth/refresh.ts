/** `auth_refresh`: renews the access token now. */
import { profileCredential } from 'onedrive-kit/auth';
import { OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'auth_refresh',
  group: 'account',
  summary: 'Renew the access token now',
  description: [
    'Tokens are renewed automatically before they expire, so this is rarely needed: to',
    'check that a sign-in is still valid, or to keep an unused one alive. Prints when the',
    'new access token expires.',
  ].join('\n'),
  examples: [{ line: 'auth_refresh', note: 'renew, and print the expiry time' }],
  async run(context) {
    if (context.flags.local) {
      throw new OneDriveError('usage', 'The --local drive has no sign-in to renew.', {
        hint: 'Omit --local to renew the sign-in of a OneDrive account.',
      });
    }
    const profile = await context.profile();
    const credential = profileCredential(profile, await context.signIn());
    const { expiresOnTimestamp } = await credential.refresh({ signal: context.signal });
    await context.print({ expires: new Date(expiresOnTimestamp).toISOString() });
  },
});
