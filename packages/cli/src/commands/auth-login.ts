/** `auth login`: sign in; the same as `auth`, by the name that other tools give it. */
import { defineCommand } from '../definition/command.ts';
import { signIn, signInOptions } from '../sign-in/sign-in.ts';

export const command = defineCommand({
  name: 'auth_login',
  group: 'account',
  summary: 'Sign in: the same as auth',
  options: signInOptions,
  examples: [
    { line: 'auth login --profile work --tenant contoso.com', note: 'a second account beside the first' },
    { line: 'auth login --access write', note: 'allow changes from the start' },
    { line: 'auth login --read-only', note: 'a profile that refuses every change' },
  ],
  run: (context, _, options) => signIn(context, undefined, options),
});
