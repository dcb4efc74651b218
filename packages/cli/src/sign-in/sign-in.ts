/** What `auth` and `auth login` have in common: the options of a sign-in, and the sign-in. */
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
    description: 'exact scopes to request; kept',
  },
  {
    name: 'access',
    value: 'WHAT',
    choices: ['read', 'write', 'app-folder'],
    description: 'access to request [read]; commands that need more request it',
  },
] as const;

/** Signs in, by the way that the options name. @param url the address of the last page, to finish what was started. */
export async function signIn(
  context: Context,
  url: string | undefined,
  options: OptionsOf<typeof signInOptions>,
): Promise<void> {
  const { account, tenant, cloud, scope } = options;
  const access = options.access as Access | undefined;
  const readOnly = context.flags.readOnly ? ('true' as const) : undefined;
  const overrides = { clientId: options['client-id'], account, tenant, cloud, scope, access, readOnly };
  // No address and no code is one short word in small letters: it was to be a command.
  if (url !== undefined && /^[a-z][a-z_-]{0,18}$/.test(url)) throw unknownCommand(`auth ${url}`);
  if (await refusedForApplication(context)) return;
  const { signInByAddress, signInByBrowser } = await import('./by-browser.ts');
  if (url !== undefined) {
    const { pending, pendingName } = await pendingOf(context);
    const started = await pending.find(pendingName);
    if (!started) throw nothingStarted();
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

/** An application needs no page: the first command signs it in. This shows that it works. */
async function refusedForApplication(context: Context): Promise<boolean> {
  if (context.flags.local) return false;
  const { profile } = await pendingOf(context);
  if (profile.signIn !== 'app') return false;
  const { accountCredential } = await import('../session/account-session.ts');
  const credential = await accountCredential(context, profile, context);
  const token = await credential.getToken([], { abortSignal: context.signal });
  const until = token ? new Date(token.expiresOnTimestamp).toISOString() : 'unknown';
  await context.note(`The application can sign in (token until ${until}). Nothing has to be kept.`);
  return true;
}

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
