/**
 * `--local`: an embedded OneDrive in this process, over a folder of the user's own. The same transport seam, wire
 * and drive layer are used as for the real one; only the network is missing.
 */
import { userFolders } from '../config/index.ts';
import type { TokenCredential } from '../http/token-credential.ts';
import { handlerTransport } from '../http/handler-transport.ts';
import type { Transport } from '../http/transport.ts';
import { setting } from './account.ts';
import type { GlobalFlags } from './flags.ts';
import { absolute, pathOf } from './local-path.ts';
import type { World } from './world.ts';

export interface LocalDrive {
  /** Straight into the server. */
  readonly transport: Transport;
  readonly credential: TokenCredential;
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Absolute: what `--data` or `ONEDRIVE_DATA` names, else `local` in the user's data folder. */
export function localFolder(flags: GlobalFlags, world: World): string {
  const named = flags.data ?? setting(world.env['ONEDRIVE_DATA']);
  return named === undefined ? pathOf(world).join(userFolders(world).data, 'local') : absolute(world, named);
}

/** Opens the embedded OneDrive; what is in the folder stays there. */
export async function openLocalDrive(flags: GlobalFlags, world: World): Promise<LocalDrive> {
  const { createOneDrive } = await import('../server/index.ts');
  const { directoryStorage } = await import('../server/storage/directory/directory-storage.ts');
  const server = await createOneDrive({
    storage: await directoryStorage(localFolder(flags, world)),
    clock: world.clock,
    random: world.random,
  });
  const token = server.token();
  return {
    transport: handlerTransport(server.handler),
    credential: { getToken: async () => ({ token, expiresOnTimestamp: world.clock.now() + 3600_000 }) },
    baseUrl: 'http://onedrive.local/v1.0',
    close: () => server.close(),
  };
}
