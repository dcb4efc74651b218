/** An open way to a drive: what the account's and the embedded one have in common. */
import { type Drive, openDrive } from '../drive/index.ts';
import type { LiveProviderOptions } from '../drive/live-provider.ts';
import type { GraphClient } from '../graph/client.ts';
import type { DriveRef } from '../graph/item-ref.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import type { LiveClient } from '../live/client.ts';
import type { World } from './world.ts';

export interface Session {
  readonly client: GraphClient;
  readonly credential: TokenCredential;
  /** The client of the Live v5.0 API, where that is the wire. */
  readonly live?: LiveClient;
  /** `live` is for that wire only. */
  readonly drive: (live?: LiveProviderOptions) => Drive;
  readonly close: () => Promise<void>;
}

/** The session of a client. */
export function sessionOf(
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
