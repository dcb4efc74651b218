/** Opens the drive of an account with its profile, credential and network. */
import {
  type CredentialWorld,
  defaultScopes,
  oauthSession,
  profileCredential,
  staticCredential,
} from 'onedrive-kit/auth';
import type { Profile } from 'onedrive-kit/config';
import { findDrive, parseDriveAddress } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { DriveRef, GraphClient } from 'onedrive-kit/graph';
import { myDrive } from 'onedrive-kit/graph';
import type { TokenCredential } from 'onedrive-kit/http';
import type { Context } from '../context.ts';
import type { World } from '../world.ts';
import { graphUrlOf } from './account.ts';
import { graphClient, wire } from './network.ts';
import { networkOptions, routeHeaders } from './network-options.ts';
import { notSignedIn } from './not-signed-in.ts';
import { type Session, sessionOf } from './session.ts';
import { setting } from './setting.ts';

/** @throws OneDriveError `auth-required` if the profile is not signed in, `config`. */
export async function openAccount(context: Context, world: World): Promise<Session> {
  const profile = await context.profile();
  const credential = await accountCredential(context, profile, world);
  const route = {
    scope: `${profile.name} ${graphUrlOf(profile)}`,
    profile: profile.name,
    transport: wire(world, await networkOptions(profile.network, world)),
    credential,
    baseUrl: graphUrlOf(profile),
    scopes: profile.scopes ?? defaultScopes,
    headers: routeHeaders(profile),
    readOnly: profile.readOnly,
  };
  const client = graphClient(route, context.flags, world);
  const ref = await driveRefOf(profile, client, world.signal);
  return sessionOf(
    client,
    credential,
    ref,
    { ...world, scope: `${route.scope} ${JSON.stringify(ref)}` },
    async () => {},
  );
}

/** The credential of a profile. @throws OneDriveError `auth-required` if the profile is not signed in. */
export async function accountCredential(
  context: Context,
  profile: Profile,
  world: World,
): Promise<TokenCredential> {
  const token = setting(world.env['ONEDRIVE_TOKEN']);
  if (token !== undefined) return staticCredential(token);
  if (profile.signIn === 'app') return applicationCredential(profile, await context.signIn());
  const { refreshToken, accessToken, code, sealed } = profile.session;
  const { path } = await context.configFile();
  if ((refreshToken ?? accessToken ?? code ?? sealed) === undefined) throw notSignedIn(path, profile.name);
  if (profile.session.scopes !== undefined) {
    const { ensureAccess } = await import('../sign-in/step-up.ts');
    await ensureAccess(context, profile);
  }
  return profileCredential(profile, await context.signIn());
}

/**
 * The drive of a profile, by its id or any address that `--drive` accepts; addresses of sites are resolved with requests.
 * @throws OneDriveError `config` if an application's profile sets no drive; `not-found` for a missing site or library.
 */
export async function driveRefOf(
  { drive, account, signIn }: Profile,
  client: GraphClient,
  signal: AbortSignal,
): Promise<DriveRef> {
  if (drive !== undefined) return await findDrive(client, parseDriveAddress(drive), { signal });
  if (signIn === 'user') return myDrive;
  if (account !== undefined) return { kind: 'user', id: account };
  throw new OneDriveError('config', 'No drive is configured, and an application has no drive of its own.', {
    hint: 'Set account (ONEDRIVE_ACCOUNT) to the email address of the owner, or drive (ONEDRIVE_DRIVE) to the id or address of a drive. For example: onedrive-cli config set account ann@contoso.com',
  });
}

/** The credential of an application that signs in by itself; its token is not stored. */
async function applicationCredential(profile: Profile, world: CredentialWorld): Promise<TokenCredential> {
  const { sessionCredential } = await import('onedrive-kit/internal/auth/application-credential');
  return sessionCredential(oauthSession(profile, world.transport, world.proof), world.clock);
}
