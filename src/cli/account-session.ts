/** The way to the drive of an account: profile, credential, network. */
import { defaultScopes, profileCredential, staticCredential } from '../auth/index.ts';
import type { Profile } from '../config/index.ts';
import type { DriveRef } from '../graph/item-ref.ts';
import { myDrive } from '../graph/item-ref-forms.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import { graphUrlOf } from './account.ts';
import type { Context } from './context.ts';
import { graphClient, wire } from './network.ts';
import { nobodySignedIn } from './nobody-signed-in.ts';
import { type Session, sessionOf } from './session.ts';
import { setting } from './setting.ts';
import type { World } from './world.ts';

/** @throws OneDriveError `auth-required` when no account is configured, `config`. */
export async function openAccount(context: Context, world: World): Promise<Session> {
  const profile = await context.profile();
  const credential = await accountCredential(context, profile, world);
  const route = {
    transport: wire(world),
    credential,
    baseUrl: graphUrlOf(profile),
    scopes: profile.scopes ?? defaultScopes,
    headers: profile.request.baseHeaders,
  };
  const ref: DriveRef = profile.drive === undefined ? myDrive : { kind: 'drive', id: profile.drive };
  return sessionOf(graphClient(route, context.flags, world), credential, ref, world, async () => {});
}

/** Who signs the requests of a profile. @throws OneDriveError `auth-required` when nobody is signed in. */
export async function accountCredential(
  context: Context,
  profile: Profile,
  world: World,
): Promise<TokenCredential> {
  const token = setting(world.env['ONEDRIVE_TOKEN']);
  if (token !== undefined) return staticCredential(token);
  const { refreshToken, accessToken, code } = profile.session;
  const { path } = await context.configFile();
  if ((refreshToken ?? accessToken ?? code) === undefined) throw nobodySignedIn(path, profile.name);
  return profileCredential(profile, await context.signIn());
}
