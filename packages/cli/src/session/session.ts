/** An open connection to a drive, of an account or embedded. */

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
  /** The client, over the Live v5.0 API. */
  readonly live?: LiveClient;
  /** @param live options for the Live v5.0 API. */
  readonly drive: (live?: LiveProviderOptions) => Drive;
  /** Opens another drive that the account can access; absent over the Live v5.0 API, which has only one. */
  readonly driveAt?: (ref: DriveRef) => Drive;
  readonly close: () => Promise<void>;
}

/** Creates the session of a client. */
export function sessionOf(
  client: GraphClient,
  credential: TokenCredential,
  ref: DriveRef,
  world: World & { readonly scope: string },
  close: () => Promise<void>,
): Session {
  const driveAt = (other: DriveRef): Drive =>
    openDrive(client, other, driveWorld(world, `${world.scope} ${JSON.stringify(other)}`));
  const drive = (): Drive => openDrive(client, ref, driveWorld(world, world.scope));
  return { client, credential, drive, driveAt, close };
}

/** @param scope identifies the account and the drive, for the journal of transfers. */
export function driveWorld(world: World, scope: string): DriveWorld {
  const { clock, random, fs, temporary } = world;
  return { clock, random, spool: { fileSystem: fs, folder: temporary }, journal: journalOf(world, scope) };
}
