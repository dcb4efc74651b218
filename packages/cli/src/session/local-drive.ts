/**
 * `--local`: opens an embedded OneDrive in this process, which stores its data in a local folder. Everything except the
 * network is the same as for the real service.
 */

import { createOneDrive } from '@onedrive-kit/server';
import { defaultScopes, staticCredential } from 'onedrive-kit/auth';
import { myDrive } from 'onedrive-kit/graph';
import { handlerTransport } from 'onedrive-kit/http';
import type { Context } from '../context.ts';
import type { World } from '../world.ts';
import { localFolder } from './local-folder.ts';
import { localStorage, openingLocal } from './local-storage.ts';
import { faulty, graphClient } from './network.ts';
import { type Session, sessionOf } from './session.ts';

/** Opens the embedded OneDrive with the data in its folder. */
export async function openLocalSession({ flags }: Context, world: World): Promise<Session> {
  const { clock, random } = world;
  const folder = localFolder(flags, world);
  const storage = await localStorage(folder);
  const server = await openingLocal(folder, () => createOneDrive({ storage, clock, random }));
  const credential = staticCredential(server.token({ keep: false }));
  const transport = faulty(handlerTransport(server.handler), world);
  const baseUrl = 'https://onedrive.local/v1.0';
  const route = { transport, credential, baseUrl, scopes: defaultScopes, readOnly: flags.readOnly };
  return sessionOf(
    graphClient(route, flags, world),
    credential,
    myDrive,
    { ...world, scope: `local ${folder}` },
    () => server.close(),
  );
}
