/** The end of every sign-in: the tokens are kept, and the person is told who they are now. */
import { keepGrant, type TokenGrant } from 'onedrive-kit/auth';
import { profileSessions } from 'onedrive-kit/config';
import { isOneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import type { SignInPlan } from './plan.ts';

/** Keeps the grant and says so. */
export async function keepSignIn(context: Context, plan: SignInPlan, grant: TokenGrant): Promise<void> {
  const where = await keepTokens(context, plan, grant);
  await plan.pending.forget(plan.pendingName);
  const { username, name, tenantId } = grant.account ?? {};
  const who = [name, username && (name ? `<${username}>` : username)].filter(Boolean).join(' ');
  await context.note(`Signed in${who ? ` as ${who}` : ''}; saved in ${plan.configPath}.`);
  if (where.notice !== undefined) await context.note(where.notice);
  if (grant.refreshToken === undefined) {
    await context.note(
      'The service gave no refresh token: this sign-in ends with its access token, in about an hour.',
    );
  }
  await context.result({
    account: username,
    name,
    tenant: tenantId,
    profile: plan.profile.name,
    scopes: grant.scopes,
    expires: new Date(context.clock.now() + grant.expiresIn * 1000).toISOString(),
    config: plan.configPath,
  });
}

interface Kept {
  /** One line, where the tokens lie in the file as they are although a key store was wanted. */
  readonly notice: string | undefined;
}

/** Sealed with a key of the system's key store where one runs and the profile does not say `secrets: file`. */
async function keepTokens(context: Context, plan: SignInPlan, grant: TokenGrant): Promise<Kept> {
  const { profile, settings } = plan;
  const file = await context.configFile();
  const keep = (form: 'sealed' | 'plain'): Promise<void> => {
    const sessions = profileSessions(file, profile.name, { settings, keys: context.keyStore, form });
    return keepGrant({ ...plan.world, sessions }, grant);
  };
  if (profile.secrets === 'file') {
    await keep('plain');
    return { notice: undefined };
  }
  try {
    await keep('sealed');
    return { notice: undefined };
  } catch (error) {
    if (profile.secrets === 'keyring' || !isOneDriveError(error) || error.code !== 'local-file') throw error;
  }
  await keep('plain');
  // Said once: where the tokens lay in the file before, it was said then.
  if (profile.session.refreshToken !== undefined) return { notice: undefined };
  return {
    notice: `No system keychain is available, so tokens are stored unencrypted in that file (mode 0600). Set \`secrets: file\` to silence this notice.`,
  };
}

/** Runs the exchange of an answer; one that was refused cannot be used again, so the sign-in is no longer under way. */
export async function forgetWhenRefused<T>(plan: SignInPlan, exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    const final = isOneDriveError(error) && ['auth-required', 'auth-failed'].includes(error.code);
    if (final) await plan.pending.forget(plan.pendingName).catch(() => {});
    throw error;
  }
}
