/**
 * Least privilege: a sign-in starts with the minimum scope. If a command needs more, it reports what and why, and signs in
 * again for more. Scopes that the user has consented to before are granted without a prompt.
 */

import { profileCredential } from 'onedrive-kit/auth';
import type { Profile } from 'onedrive-kit/config';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { type Access, allows, scopeName, steppedUp } from 'onedrive-kit/internal/auth/access';
import type { Context } from '../context.ts';

const reasons: Readonly<Record<Access, string>> = {
  none: 'nothing',
  profile: 'to read the name of the signed-in user',
  read: 'to read your files',
  write: 'to change your files',
  'app-folder': "to use the application's own folder",
};

/**
 * Ensures that the sign-in of `profile` allows what the command needs. For sign-ins of python-onedrive the granted scopes
 * are unknown and not checked.
 * @throws OneDriveError `auth-required` with the scope, if there is no terminal to sign in at.
 */
export async function ensureAccess(context: Context, profile: Profile): Promise<void> {
  // The Live v5.0 API has other scopes, which are all requested at the first sign-in.
  if (profile.api !== 'graph') return;
  const { access, name } = context.job;
  const granted = profile.session.scopes;
  if (granted === undefined || allows(granted, access)) return;
  const reason = `${name} needs ${scopeName(access)}, ${reasons[access]}`;
  if (profile.scopes !== undefined && !allows(profile.scopes, access)) throw notConfigured(reason);
  const allowed = `this sign-in allows only ${listed(granted)}`;
  const scopes = steppedUp(granted, access);
  if (await renewedWith(context, profile, scopes)) return;
  if (!context.streams.stdin.isTTY || context.flags.noInput)
    throw notAllowed(`${reason}; ${allowed}.`, access);
  await context.note(`${reason}; ${allowed}. Requesting access.`);
  const [{ planSignIn }, { signInByBrowser }, { keepSignIn }] = await Promise.all([
    import('./plan.ts'),
    import('./by-browser.ts'),
    import('./finish.ts'),
  ]);
  const plan = await planSignIn(context, {}, scopes);
  const account = profile.session.account?.username;
  const suggested = { ...plan, profile: { ...plan.profile, account: account ?? plan.profile.account } };
  const grant = await signInByBrowser(context, suggested, { mayOpen: true });
  refuseAnother(account, grant.account?.username, profile.name);
  await keepSignIn(context, plan, grant);
}

/** Stops a command for one account from continuing with another one. */
function refuseAnother(expected: string | undefined, actual: string | undefined, profile: string): void {
  if (expected === undefined || actual === undefined) return;
  if (expected.toLowerCase() === actual.toLowerCase()) return;
  throw new OneDriveError(
    'auth-failed',
    `You signed in as ${actual}, but profile "${profile}" is for ${expected}.`,
    {
      hint: `Nothing was stored or changed. Sign in as ${expected}, or create another profile: onedrive-cli auth --profile NAME`,
    },
  );
}

/** Whether the service grants the scopes without a prompt, because the user has consented before. */
async function renewedWith(context: Context, profile: Profile, scopes: readonly string[]): Promise<boolean> {
  const world = await context.signIn();
  const sessions = {
    ...world.sessions,
    read: async () => ({ ...(await world.sessions.read()), scopes }),
  };
  try {
    await profileCredential(profile, { ...world, sessions }).refresh({ signal: context.signal });
    return true;
  } catch (error) {
    const needsSignIn =
      isOneDriveError(error) && ['auth-required', 'auth-failed', 'config'].includes(error.code);
    if (needsSignIn) return false;
    throw error;
  }
}

function listed(scopes: readonly string[]): string {
  const names = scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));
  const files = names.filter((name) => /^(files|sites)\./i.test(name));
  return files.length === 0 ? 'no files' : files.join(', ');
}

function notConfigured(reason: string): OneDriveError {
  return new OneDriveError('auth-required', `${reason}, but the setting scopes does not contain it.`, {
    hint: 'Add it to scopes in the configuration (onedrive-cli config edit), then run `onedrive-cli auth` again.',
  });
}

function notAllowed(message: string, access: Access): OneDriveError {
  return new OneDriveError('auth-required', message, {
    hint: `Run: onedrive-cli auth --access ${access}`,
  });
}
