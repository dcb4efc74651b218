/** Finishes every sign-in: stores the tokens, and reports the account. */
import { keepGrant, type TokenGrant } from 'onedrive-kit/auth';
import { profileSessions } from 'onedrive-kit/config';
import { isOneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import type { SignInPlan } from './plan.ts';

/** Stores the grant and reports it. */
export async function keepSignIn(context: Context, plan: SignInPlan, grant: TokenGrant): Promise<void> {
  const stored = await storeTokens(context, plan, grant);
  await plan.pending.forget(plan.pendingName);
  const { username, name, tenantId } = grant.account ?? {};
  const account = [name, username && (name ? `<${username}>` : username)].filter(Boolean).join(' ');
  await context.note(`Signed in${account ? ` as ${account}` : ''}. Stored in ${plan.configPath}.`);
  if (stored.notice !== undefined) await context.note(stored.notice);
  if (grant.refreshToken === undefined) {
    await context.note(
      'The service returned no refresh token, so this sign-in expires with its access token, in about an hour.',
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

interface StoredTokens {
  /** A notice if the tokens are stored unencrypted because there is no keychain. */
  readonly notice: string | undefined;
}

/** Stores the tokens, encrypted with a key in the keychain if there is one, unless the profile has `secrets: file`. */
async function storeTokens(context: Context, plan: SignInPlan, grant: TokenGrant): Promise<StoredTokens> {
  const { profile, settings } = plan;
  const file = await context.configFile();
  const store = (form: 'sealed' | 'plain'): Promise<void> => {
    const sessions = profileSessions(file, profile.name, { settings, keys: context.keyStore, form });
    return keepGrant({ ...plan.world, sessions }, grant);
  };
  if (profile.secrets === 'file') {
    await store('plain');
    return { notice: undefined };
  }
  try {
    await store('sealed');
    return { notice: undefined };
  } catch (error) {
    if (profile.secrets === 'keyring' || !isOneDriveError(error) || error.code !== 'local-file') throw error;
  }
  await store('plain');
  // Printed once: not if the previous sign-in was stored in the file too.
  if (profile.session.refreshToken !== undefined) return { notice: undefined };
  return {
    notice: `No system keychain is available, so tokens are stored unencrypted in that file (mode 0600). Set \`secrets: file\` to silence this notice.`,
  };
}

/** Exchanges a code. A refused code cannot be used again, so the pending sign-in is then removed. */
export async function forgetWhenRefused<T>(plan: SignInPlan, exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    const final = isOneDriveError(error) && ['auth-required', 'auth-failed'].includes(error.code);
    if (final) await plan.pending.forget(plan.pendingName).catch(() => {});
    throw error;
  }
}
