/** The common part of `auth` and `auth login`: the options and the sign-in. */
import type { Access } from 'onedrive-kit/auth';
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import type { OptionsOf } from '../definition/command.ts';
import { unknownCommand } from '../definition/usage-errors.ts';
import { keepSignIn } from './finish.ts';
import { pendingOf, planSignIn } from './plan.ts';

/** The options of a sign-in. */
export const signInOptions = [
  { name: 'device-code', description: 'sign in by typing a code into a browser on any machine' },
  { name: 'no-browser', description: 'print the address without opening a browser' },
  { name: 'client-id', value: 'ID', description: 'id of the registered application; stored in the profile' },
  {
    name: 'account',
    value: 'ADDRESS',
    description: 'suggest this account on the sign-in page; stored in the profile',
  },
  {
    name: 'tenant',
    value: 'NAME',
    description: 'common, organizations, consumers, a GUID or a domain; stored in the profile',
  },
  { name: 'cloud', value: 'NAME', description: 'global, us-gov, us-gov-dod or china; stored in the profile' },
  {
    name: 'scope',
    value: 'WORDS',
    description: 'exact scopes to request, separated by spaces; stored in the profile',
  },
  {
    name: 'access',
    value: 'WHAT',
    choices: ['read', 'write', 'app-folder'],
    description: 'access to request [read]; commands that need more will ask for it',
  },
] as const;

/** Signs in by the method that the options select. @param url address of the last page, to finish a pending sign-in. */
export async function signIn(
  context: Context,
  url: string | undefined,
  options: OptionsOf<typeof signInOptions>,
): Promise<void> {
  const { account, tenant, cloud, scope } = options;
  const access = options.access as Access | undefined;
  const readOnly = context.flags.readOnly ? ('true' as const) : undefined;
  const overrides = { clientId: options['client-id'], account, tenant, cloud, scope, access, readOnly };
  // A short word in lower case is neither an address nor a code, so it is a mistyped subcommand.
  if (url !== undefined && /^[a-z][a-z_-]{0,18}$/.test(url)) throw unknownCommand(`auth ${url}`);
  if (await checkedAsApplication(context)) return;
  const { signInByAddress, signInByBrowser } = await import('./by-browser.ts');
  if (url !== undefined) {
    const { pending, pendingName } = await pendingOf(context);
    const started = await pending.find(pendingName);
    if (!started) throw noPendingSignIn();
    const plan = await planSignIn(context, { ...started.overrides, ...given(overrides) });
    await keepSignIn(context, plan, await signInByAddress(context, plan, started.pending, url));
    return;
  }
  const plan = await planSignIn(context, overrides);
  if (options['device-code']) {
    const { signInByDeviceCode } = await import('./by-device-code.ts');
    await keepSignIn(context, plan, await signInByDeviceCode(context, plan));
    return;
  }
  const mayOpen = !options['no-browser'];
  await keepSignIn(context, plan, await signInByBrowser(context, plan, { mayOpen }));
}

/** Applications sign in without a page, when a command needs it. For them this only checks that it works. */
async function checkedAsApplication(context: Context): Promise<boolean> {
  if (context.flags.local) return false;
  const { profile } = await pendingOf(context);
  if (profile.signIn !== 'app') return false;
  const { accountCredential } = await import('../session/account-session.ts');
  const credential = await accountCredential(context, profile, context);
  const token = await credential.getToken([], { abortSignal: context.signal });
  const until = token ? new Date(token.expiresOnTimestamp).toISOString() : 'unknown';
  await context.note(
    `The application can sign in (token valid until ${until}). No sign-in needs to be stored.`,
  );
  return true;
}

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function noPendingSignIn(): OneDriveError {
  return new OneDriveError(
    'auth-failed',
    'There is no pending sign-in, or it was started more than an hour ago.',
    {
      hint: 'First run `onedrive-cli auth` without an address: it prints the address to open.',
    },
  );
}
