/** `auth status`: the account, its drive, scopes, expiry time, and where the secret is stored. */

import type { Profile } from 'onedrive-kit/config';
import { isOneDriveError } from 'onedrive-kit/errors';
import { getDrive } from 'onedrive-kit/graph';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { hintText } from '../../output/hint-text.ts';
import { driveRefOf } from '../../session/account-session.ts';
import { setting } from '../../session/setting.ts';
import { isSignedIn, secretLocation } from '../../sign-in/secret-location.ts';

export const command = defineCommand({
  name: 'auth_status',
  group: 'account',
  summary: 'Show the signed-in account, its drive and its permissions',
  description:
    'Requests the drive from the service, except with --offline. Exits with 3 if you are not\nsigned in or the sign-in has expired.',
  options: [{ name: 'offline', description: 'send no requests' }],
  examples: [
    { line: 'auth status', note: 'check the default profile' },
    { line: 'auth status --profile work --json', note: 'check another one, for scripts' },
  ],
  async run(context, _, { offline }) {
    const profile = await context.profile();
    const { path } = await context.configFile();
    const keys = await context.keyStore?.();
    const fromToken = setting(context.env['ONEDRIVE_TOKEN']) !== undefined;
    const signedIn = fromToken || isSignedIn(profile);
    const drive = signedIn && !offline ? await driveOf(context, profile) : undefined;
    const { session: stored, account } = (await renewed(context, drive)) ?? profile;
    // The account of a token from the environment is not known.
    const session = fromToken ? {} : stored;
    const isValid = signedIn && drive?.problem === undefined;
    await context.print({
      signedIn: isValid,
      profile: profile.name,
      account: session.account?.username ?? (fromToken ? undefined : account),
      name: session.account?.name,
      tenant: profile.tenant ?? session.account?.tenantId,
      cloud: profile.cloud,
      api: profile.api,
      signIn: fromToken ? 'token' : profile.signIn,
      readOnly: profile.readOnly,
      scopes: session.scopes ?? (fromToken ? undefined : profile.scopes),
      expires: session.expiresAt === undefined ? undefined : new Date(session.expiresAt).toISOString(),
      drive: drive?.info,
      problem: drive?.problem,
      secret: fromToken
        ? 'in the environment: ONEDRIVE_TOKEN'
        : secretLocation(profile, path, keys?.name ?? 'the system keychain'),
      config: path,
    });
    if (!signedIn)
      await context.note(
        profile.client.id
          ? 'You are not signed in. Run: onedrive-cli auth'
          : 'You are not signed in, and no application is registered. Run: onedrive-cli auth register',
      );
    return isValid ? 0 : 3;
  },
});

interface DriveCheck {
  readonly info?: {
    readonly id: string | undefined;
    readonly type: string | undefined;
    readonly owner: string | undefined;
  };
  readonly problem?: string;
}

async function driveOf(context: Context, profile: Profile): Promise<DriveCheck> {
  try {
    if (profile.api !== 'graph') return {};
    const client = await context.client();
    const { id, driveType, owner } = await getDrive(
      client,
      await driveRefOf(profile, client, context.signal),
      { signal: context.signal },
    );
    return { info: { id, type: driveType, owner: owner?.user?.displayName } };
  } catch (error) {
    if (isOneDriveError(error))
      return {
        problem: [error.message, hintText(error.hintSentences, context.flags)].filter(Boolean).join(' '),
      };
    throw error;
  }
}

/** The profile after the request, which may have renewed the token. */
async function renewed(context: Context, drive: DriveCheck | undefined): Promise<Profile | undefined> {
  if (drive === undefined) return undefined;
  const { name } = await context.profile();
  const { profiles } = await (await context.configFile()).load();
  return profiles.find((profile) => profile.name === name);
}
