/** An open way to a drive: what the account's and the embedded one have in common. */

import type { LiveProviderOptions } from 'onedrive-kit/drive';
import { type Drive, type DriveWorld, openDrive } from 'onedrive-kit/drive';
import type { DriveRef, GraphClient } from 'onedrive-kit/graph';
import type { TokenCredential } from 'onedrive-kit/http';
import type { LiveClient } from 'onedrive-kit/live';
import type { World } from '../world.ts';
import { journalOf } from './journal.ts';

export interface Session {
  readonly client: GraphClient;
  readonly credential: TokenCredential;
  /** The client of the Live v5.0 API, where that is the wire. */
  readonly live?: LiveClient;
  /** `live` is for that wire only. */
  readonly drive: (live?: LiveProviderOptions) => Drive;
  /** Another drive that the account can reach; absent over wires that have one only. */
  readonly driveAt?: (ref: DriveRef) => Drive;
  readonly close: () => Promise<void>;
}

/** The session of a client. */
export function sessionOf(
  client: GraphClient,
  credential: TokenCredential,
  ref: DriveRef,
  world: World & { readonly scope: string },
  close: () => Promise<void>,
): Session {
  const driveAt = (at: DriveRef): Drive =>
    openDrive(client, at, driveWorld(world, `${world.scope} ${JSON.stringify(at)}`));
  const drive = (): Drive => openDrive(client, ref, driveWorld(world, world.scope));
  return { client, credential, drive, driveAt, close };
}

/** @param scope names account and drive, for the journal of transfers. */
export function driveWorld(world: World, scope: string): DriveWorld {
  const { clock, random, fs, temporary } = world;
  return { clock, random, spool: { fileSystem: fs, folder: temporary }, journal: journalOf(world, scope) };
}
