/** `auth login`: the same as `auth`, under the name that other tools use. */
import { defineCommand } from '../../definition/command.ts';
import { signIn, signInOptions } from '../../sign-in/sign-in.ts';

export const command = defineCommand({
  name: 'auth_login',
  group: 'account',
  summary: 'Sign in to a OneDrive account (same as auth)',
  options: signInOptions,
  examples: [
    { line: 'auth login --profile work --tenant contoso.com', note: 'add a second account' },
    { line: 'auth login --access write', note: 'request permission to change files right away' },
    { line: 'auth login --read-only', note: 'make the profile refuse every change' },
  ],
  run: (context, _, options) => signIn(context, undefined, options),
});
