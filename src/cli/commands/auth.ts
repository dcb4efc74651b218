/** `auth`: sign in. */
import { OneDriveError } from '../../errors/index.ts';
import { defineCommand } from '../command.ts';
import { keepSignIn } from '../sign-in/finish.ts';
import { pendingOf, planSignIn } from '../sign-in/plan.ts';

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
  options: [
    { name: 'device-code', description: 'sign in by typing a code into a browser on any machine' },
    { name: 'no-browser', description: 'only print the address, open nothing' },
    { name: 'client-id', value: 'ID', description: 'the registered application; kept in the configuration' },
    { name: 'account', value: 'ADDRESS', description: 'suggest this account on the page; kept' },
    {
      name: 'tenant',
      value: 'NAME',
      description: 'common, organizations, consumers, a GUID or a domain; kept',
    },
    { name: 'cloud', value: 'NAME', description: 'global, us-gov, us-gov-dod or china; kept' },
    {
      name: 'scope',
      value: 'WORDS',
      description: 'what to ask for, in place of User.Read and Files.ReadWrite; kept',
    },
  ],
  examples: [
    { line: 'auth', note: 'sign in with the browser of this machine' },
    { line: 'auth --device-code', note: 'sign in from a machine without a browser' },
    { line: 'auth --client-id 11111111-2222-3333-4444-555555555555', note: 'the first time' },
    { line: 'auth --profile work --tenant contoso.com', note: 'a second account beside the first' },
  ],
  async run(context, { url }, options) {
    const { account, tenant, cloud, scope } = options;
    const overrides = { clientId: options['client-id'], account, tenant, cloud, scope };
    const { signInByAddress, signInByBrowser } = await import('../sign-in/by-browser.ts');
    if (url !== undefined) {
      const { pending, pendingName } = await pendingOf(context);
      const started = await pending.find(pendingName);
      if (!started) throw nothingStarted();
      const plan = await planSignIn(context, { ...started.overrides, ...given(overrides) });
      return keepSignIn(context, plan, await signInByAddress(context, plan, started.pending, url));
    }
    const plan = await planSignIn(context, overrides);
    if (options['device-code']) {
      const { signInByDeviceCode } = await import('../sign-in/by-device-code.ts');
      return keepSignIn(context, plan, await signInByDeviceCode(context, plan));
    }
    const mayOpen = !options['no-browser'];
    return keepSignIn(context, plan, await signInByBrowser(context, plan, { mayOpen }));
  },
});

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function nothingStarted(): OneDriveError {
  return new OneDriveError(
    'auth-failed',
    'No sign-in is under way here, or it was started more than an hour ago.',
    {
      hint: 'Run `onedrive-cli auth` without an address first; it prints the one to open.',
    },
  );
}
