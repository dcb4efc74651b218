/** `auth status`: who is signed in, to which drive, with which scopes, until when, and where the secret lies. */

import type { Profile } from 'onedrive-kit/config';
import { isOneDriveError } from 'onedrive-kit/errors';
import { getDrive } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { driveRefOf } from '../session/account-session.ts';
import { setting } from '../session/setting.ts';
import { isSignedIn, secretPlace } from '../sign-in/where.ts';

export const command = defineCommand({
  name: 'auth_status',
  group: 'account',
  summary: 'Show the signed-in account, its drive and its permissions',
  description:
    'Requests the drive from the service, unless --offline. Exits with 3 if you are not\nsigned in or the sign-in has expired.',
  options: [{ name: 'offline', description: 'send no requests' }],
  examples: [
    { line: 'auth status', note: 'of the default profile' },
    { line: 'auth status --profile work --json', note: 'of another one, for scripts' },
  ],
  async run(context, _, { offline }) {
    const profile = await context.profile();
    const { path } = await context.configFile();
    const keys = await context.keyStore?.();
    const fromToken = setting(context.env['ONEDRIVE_TOKEN']) !== undefined;
    const signedIn = fromToken || isSignedIn(profile);
    const drive = signedIn && !offline ? await driveOf(context, profile) : undefined;
    const { session: kept, account } = (await renewed(context, drive)) ?? profile;
    // Of a token from elsewhere nothing is known here: not even whose it is.
    const session = fromToken ? {} : kept;
    const good = signedIn && drive?.problem === undefined;
    await context.print({
      signedIn: good,
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
      drive: drive?.found,
      problem: drive?.problem,
      secret: fromToken
        ? 'in the environment: ONEDRIVE_TOKEN'
        : secretPlace(profile, path, keys?.name ?? 'the key store of the system'),
      config: path,
    });
    if (!signedIn)
      await context.note(
        profile.client.id
          ? 'You are not signed in. Run: onedrive-cli auth'
          : 'You are not signed in, and no application is registered. Run: onedrive-cli auth register',
      );
    return good ? 0 : 3;
  },
});

interface Answer {
  readonly found?: {
    readonly id: string | undefined;
    readonly type: string | undefined;
    readonly owner: string | undefined;
  };
  readonly problem?: string;
}

async function driveOf(context: Context, profile: Profile): Promise<Answer> {
  try {
    if (profile.api !== 'graph') return {};
    const client = await context.client();
    const { id, driveType, owner } = await getDrive(
      client,
      await driveRefOf(profile, client, context.signal),
      { signal: context.signal },
    );
    return { found: { id, type: driveType, owner: owner?.user?.displayName } };
  } catch (error) {
    if (isOneDriveError(error)) return { problem: [error.message, error.hint].filter(Boolean).join(' ') };
    throw error;
  }
}

/** The question may have renewed the token: the newer times count. */
async function renewed(context: Context, drive: Answer | undefined): Promise<Profile | undefined> {
  if (drive === undefined) return undefined;
  const { name } = await context.profile();
  const { profiles } = await (await context.configFile()).load();
  return profiles.find((profile) => profile.name === name);
}
