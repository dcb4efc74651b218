/** Where transfers are written down: the state folder of the user, shared by all processes of the tool. */

import { userFolders } from '../../config/index.ts';
import type { TransferJournal } from '../../drive/index.ts';
import { fileLock } from '../../platform/node/file-lock.ts';
import { fileStore } from '../../platform/node/file-store.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { World } from '../world.ts';

/** @param scope names the account and the drive. */
export function journalOf(world: World, scope: string): TransferJournal {
  const { state } = userFolders(world);
  const { fs } = world;
  const lock = fileLock(pathOf(world).join(state, 'locks'), { fs });
  return { store: fileStore(fs, state, { lock }), lock, fileSystem: fs, scope };
}
