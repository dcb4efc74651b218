/** `auth`: sign in. */
import { defineCommand } from '../definition/command.ts';
import { signIn, signInOptions } from '../sign-in/sign-in.ts';

export const command = defineCommand({
  name: 'auth',
  group: 'account',
  summary: 'Sign in to a OneDrive account',
  description: [
    'Opens the sign-in page in a browser, or prints its address where there is none;',
    'then waits for the browser to come back. If the browser runs on another machine,',
    'its last page cannot be reached: paste the address of that page, here or as URL.',
    '',
    'The sign-in is kept in the configuration file and renews itself.',
  ].join('\n'),
  arguments: [
    {
      name: 'url',
      description: 'address of the last page, to finish a sign-in that was started before',
      optional: true,
    },
  ],
  options: signInOptions,
  examples: [
    { line: 'auth', note: 'sign in with the browser of this machine' },
    { line: 'auth --device-code', note: 'sign in from a machine without a browser' },
    { line: 'auth --client-id 11111111-2222-3333-4444-555555555555', note: 'the first time' },
    { line: 'auth --profile work --tenant contoso.com', note: 'a second account beside the first' },
  ],
  run: (context, { url }, options) => signIn(context, url, options),
});
