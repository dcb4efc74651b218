/**
 * Least privilege: a sign-in begins with the smallest scope and is allowed more when a command needs more, after it was
 * said what and why. Where the person consented before, no question is asked.
 */

import { profileCredential } from 'onedrive-kit/auth';
import type { Profile } from 'onedrive-kit/config';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { type Access, allows, scopeName, steppedUp } from 'onedrive-kit/internal/auth/access';
import type { Context } from '../context.ts';

const reasons: Readonly<Record<Access, string>> = {
  none: 'nothing',
  profile: 'to say who is signed in',
  read: 'to read your files',
  write: 'to change your files',
  'app-folder': "to use the application's own folder",
};

/**
 * Makes sure that the sign-in of `profile` allows what the command needs. What was granted is unknown for sign-ins of
 * the older tool: those are taken as they are.
 * @throws OneDriveError `auth-required` naming the scope, where no terminal can be used to sign in.
 */
export async function ensureAccess(context: Context, profile: Profile): Promise<void> {
  // The scopes of the older wire are others, and all of them are asked for at once.
  if (profile.api !== 'graph') return;
  const { access, name } = context.job;
  const granted = profile.session.scopes;
  if (granted === undefined || allows(granted, access)) return;
  const wanted = scopeName(access);
  const why = `${name} needs ${wanted}, ${reasons[access]}`;
  if (profile.scopes !== undefined && !allows(profile.scopes, access)) throw limited(why);
  const allowed = `this sign-in allows ${listed(granted)} only`;
  const scopes = steppedUp(granted, access);
  if (await renewedWith(context, profile, scopes)) return;
  if (!context.streams.stdin.isTTY || context.flags.noInput) throw notAllowed(`${why}; ${allowed}.`, access);
  await context.note(`${why}; ${allowed}. Requesting access.`);
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

/** A command that was meant for one account must not go on with another one. */
function refuseAnother(known: string | undefined, now: string | undefined, profile: string): void {
  if (known === undefined || now === undefined || known.toLowerCase() === now.toLowerCase()) return;
  throw new OneDriveError(
    'auth-failed',
    `The sign-in was as ${now}, but the profile ${profile} is of ${known}.`,
    {
      hint: `Nothing was kept or changed. Sign in as ${known}, or make a profile of its own: onedrive-cli auth --profile NAME`,
    },
  );
}

/** True when the service gave the scopes without asking: the person has consented before. */
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
    const asks = isOneDriveError(error) && ['auth-required', 'auth-failed', 'config'].includes(error.code);
    if (asks) return false;
    throw error;
  }
}

function listed(scopes: readonly string[]): string {
  const names = scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));
  const files = names.filter((name) => /^(files|sites)\./i.test(name));
  return files.length === 0 ? 'no files' : files.join(', ');
}

function limited(why: string): OneDriveError {
  return new OneDriveError('auth-required', `${why}, but \`scopes\` of the profile does not list it.`, {
    hint: 'Add it to `scopes` in the configuration and run `onedrive-cli auth` again.',
  });
}

function notAllowed(message: string, access: Access): OneDriveError {
  return new OneDriveError('auth-required', message, {
    hint: `Run: onedrive-cli auth --access ${access}`,
  });
}
