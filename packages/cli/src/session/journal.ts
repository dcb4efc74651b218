/** Where transfers are written down: the state folder of the user, shared by all processes of the tool. */

import { userFolders } from 'onedrive-kit/config';
import type { TransferJournal } from 'onedrive-kit/drive';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import { fileLock, fileStore } from 'onedrive-kit/platform/node';
import { pathOf } from '../arguments/local-path.ts';
import { printable } from '../output/printable.ts';
import type { World } from '../world.ts';
import { blockedLockNotice } from './blocked-lock.ts';

/** @param scope names the account and the drive. */
export function journalOf(world: World, scope: string): TransferJournal {
  const { state } = userFolders(world);
  const { fs } = world;
  const lock = fileLock(pathOf(world).join(state, 'locks'), { fs, onBlocked: blockedLockNotice(world) });
  return {
    ...{ store: fileStore(fs, state, { lock }), lock, fileSystem: fs, scope },
    onUnavailable: unavailable(world, state),
  };
}

/** Reports once that transfers run without a journal. */
function unavailable({ streams }: World, state: string): (error: unknown) => void {
  let reported = false;
  return (error) => {
    if (reported) return;
    reported = true;
    const cause = localError(error, 'use', state);
    const why = cause instanceof Error ? cause.message : String(cause);
    const text = `onedrive-cli: ${printable(why)} Transfers run without a journal: one that is stopped cannot be resumed.\n`;
    streams.stderr.write(text).catch(() => undefined);
  };
}
