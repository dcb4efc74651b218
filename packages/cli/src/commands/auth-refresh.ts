/** `auth_refresh`: renew the sign-in now. */
import { profileCredential } from 'onedrive-kit/auth';
import { OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'auth_refresh',
  group: 'account',
  summary: 'Renew the sign-in now',
  description: [
    'Tokens renew themselves when they are about to end, so this is rarely needed:',
    'to check that a sign-in is still valid, or to keep one alive that is not used.',
    'Prints when the new access token ends.',
  ].join('\n'),
  examples: [{ line: 'auth_refresh', note: 'renew, and print until when' }],
  async run(context) {
    if (context.flags.local) {
      throw new OneDriveError('usage', 'The drive of --local has no sign-in to renew.', {
        hint: 'Leave --local out to renew the sign-in of a OneDrive account.',
      });
    }
    const profile = await context.profile();
    const credential = profileCredential(profile, await context.signIn());
    const { expiresOnTimestamp } = await credential.refresh({ signal: context.signal });
    await context.print({ expires: new Date(expiresOnTimestamp).toISOString() });
  },
});
