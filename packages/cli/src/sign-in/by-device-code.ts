/** Sign-in with a code that the user types into a browser on any machine. */
import { awaitDeviceCode, requestDeviceCode, requestScopes, type TokenGrant } from 'onedrive-kit/auth';
import type { Context } from '../context.ts';
import type { SignInPlan } from './plan.ts';
import { show } from './show.ts';

/** Shows the page and the code, and waits. @throws OneDriveError `auth-failed` if the user declines or it takes too long. */
export async function signInByDeviceCode(
  context: Context,
  { session, profile }: SignInPlan,
): Promise<TokenGrant> {
  const { clock, signal } = context;
  const code = await requestDeviceCode(session, requestScopes(profile), { clock, signal });
  const minutes = Math.round((code.expiresAt - clock.now()) / 60_000);
  await context.note(`Open this page in any browser and enter the code within ${minutes} minutes:`);
  await show(context, `${code.verificationUri}\n${code.userCode}`);
  return awaitDeviceCode(session, code, { clock, signal });
}
