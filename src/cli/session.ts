/** From flags to a drive: which account or embedded drive, how requests reach it, and who signs them. */
import { defaultScopes, profileCredential, staticCredential } from '../auth/index.ts';
import type { Profile } from '../config/index.ts';
import { type Drive, openDrive } from '../drive/index.ts';
import type { GraphClient } from '../graph/client.ts';
import type { DriveRef } from '../graph/item-ref.ts';
import { myDrive } from '../graph/item-ref-forms.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import { graphUrlOf, setting } from './account.ts';
import type { Context } from './context.ts';
import { faulty, graphClient, wire } from './network.ts';
import { nobodySignedIn } from './nobody-signed-in.ts';
import type { World } from './world.ts';

export interface Session {
  readonly client: GraphClient;
  readonly credential: TokenCredential;
  readonly drive: () => Drive;
  readonly close: () => Promise<void>;
}

/**
 * Opens what the flags ask for: the embedded drive only for `--local`.
 * @throws OneDriveError `auth-required` when no account is configured, `config`.
 */
export async function openSession(context: Context, world: World): Promise<Session> {
  return context.flags.local ? openLocal(context, world) : openAccount(context, world);
}

async function openLocal({ flags }: Context, world: World): Promise<Session> {
  const { openLocalDrive } = await import('./local-drive.ts');
  const { transport, credential, baseUrl, close } = await openLocalDrive(flags, world);
  const route = { transport: faulty(transport, world), credential, baseUrl, scopes: defaultScopes };
  return sessionOf(graphClient(route, flags, world), credential, myDrive, world, close);
}

async function openAccount(context: Context, world: World): Promise<Session> {
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

async function accountCredential(context: Context, profile: Profile, world: World): Promise<TokenCredential> {
  const token = setting(world.env['ONEDRIVE_TOKEN']);
  if (token !== undefined) return staticCredential(token);
  const { refreshToken, accessToken, code } = profile.session;
  const { path } = await context.configFile();
  if ((refreshToken ?? accessToken ?? code) === undefined) throw nobodySignedIn(path, profile.name);
  return profileCredential(profile, await context.signIn());
}

function sessionOf(
  client: GraphClient,
  credential: TokenCredential,
  ref: DriveRef,
  world: World,
  close: () => Promise<void>,
): Session {
  const { clock, random, fs, temporary } = world;
  const spool = { fileSystem: fs, folder: temporary };
  return { client, credential, drive: () => openDrive(client, ref, { clock, random, spool }), close };
}
