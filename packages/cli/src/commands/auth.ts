/** `auth`: signs in. */
import { defineCommand } from '../definition/command.ts';
import { signIn, signInOptions } from '../sign-in/sign-in.ts';

export const command = defineCommand({
  name: 'auth',
  group: 'account',
  summary: 'Sign in to a OneDrive account',
  description: [
    'Opens the sign-in page in a browser, or prints its address if there is no browser, and',
    'waits until you have signed in. If the browser runs on another machine, its last page',
    'cannot be loaded: paste the address of that page into this terminal, or run auth again',
    'with it as URL.',
    '',
    'The sign-in is stored in the configuration file or the system keychain, and is renewed',
    'automatically.',
  ].join('\n'),
  arguments: [
    {
      name: 'url',
      description: 'address of the last page, to finish a sign-in started earlier',
      optional: true,
    },
  ],
  options: signInOptions,
  examples: [
    { line: 'auth', note: 'sign in with the browser of this machine' },
    { line: 'auth --device-code', note: 'sign in from a machine without a browser' },
    {
      line: 'auth --client-id 11111111-2222-3333-4444-555555555555',
      note: 'sign in for the first time, with your application id',
    },
    { line: 'auth --profile work --tenant contoso.com', note: 'add a second account' },
  ],
  run: (context, { url }, options) => signIn(context, url, options),
});
