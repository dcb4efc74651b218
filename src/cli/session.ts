/** From flags to a drive: which account or embedded drive, how requests reach it, and who signs them. */
import { profileCredential, staticCredential } from '../auth/index.ts';
import { type Drive, openDrive } from '../drive/index.ts';
import type { GraphClient } from '../graph/client.ts';
import type { DriveRef } from '../graph/item-ref.ts';
import { myDrive } from '../graph/item-ref-forms.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import type { Transport } from '../http/transport.ts';
import { credentialWorld, graphUrlOf, setting } from './account.ts';
import type { Context } from './context.ts';
import { clientOver } from './network.ts';
import { nobodySignedIn } from './nobody-signed-in.ts';
import type { World } from './world.ts';

export interface Session {
  readonly client: GraphClient;
  readonly credential: TokenCredential;
  drive(): Drive;
  close(): Promise<void>;
}

/**
 * Opens what the flags ask for: the embedded drive only for `--local`.
 * @throws OneDriveError `auth-required` when no account is configured, `config`.
 */
export async function openSession(context: Context, world: World): Promise<Session> {
  return context.flags.local ? openLocal(context, world) : openAccount(context, world);
}

async function openLocal(context: Context, world: World): Promise<Session> {
  const { openLocalDrive } = await import('./local-drive.ts');
  const local = await openLocalDrive(context.flags, world);
  const client = await clientOver(context, world, local);
  return session(client, local.credential, myDrive, world, () => local.close());
}

async function openAccount(context: Context, world: World): Promise<Session> {
  const profile = await context.profile();
  const transport = await context.transport();
  const credential = await accountCredential(context, world, transport);
  const baseUrl = graphUrlOf(profile);
  const client = await clientOver(context, world, { transport, credential, baseUrl });
  const drive: DriveRef = profile.drive === undefined ? myDrive : { kind: 'drive', id: profile.drive };
  return session(client, credential, drive, world, async () => {});
}

async function accountCredential(
  context: Context,
  world: World,
  transport: Transport,
): Promise<TokenCredential> {
  const token = setting(world.env['ONEDRIVE_TOKEN']);
  if (token !== undefined) return staticCredential(token);
  const profile = await context.profile();
  const { refreshToken, accessToken, code } = profile.session;
  const file = await context.configFile();
  if ((refreshToken ?? accessToken ?? code) === undefined) throw nobodySignedIn(file.path, profile.name);
  return profileCredential(profile, credentialWorld(file, profile, transport, world));
}

function session(
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
