/** Opens the journal of transfers: in the state folder of the user, shared by all processes of the tool. */

import { userFolders } from 'onedrive-kit/config';
import type { TransferJournal } from 'onedrive-kit/drive';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import { fileLock, fileStore } from 'onedrive-kit/platform/node';
import { pathOf } from '../arguments/local-path.ts';
import { printable } from '../output/printable.ts';
import type { World } from '../world.ts';
import { blockedLockNotice } from './blocked-lock.ts';

/** @param scope identifies the account and the drive. */
export function journalOf(world: World, scope: string): TransferJournal {
  const { state } = userFolders(world);
  const { fs } = world;
  const lock = fileLock(pathOf(world).join(state, 'locks'), { fs, onBlocked: blockedLockNotice(world) });
  return {
    ...{ store: fileStore(fs, state, { lock }), lock, fileSystem: fs, scope },
    onUnavailable: reportUnavailable(world, state),
  };
}

/** Reports once that transfers run without a journal. */
function reportUnavailable({ streams }: World, state: string): (error: unknown) => void {
  let reported = false;
  return (error) => {
    if (reported) return;
    reported = true;
    const cause = localError(error, 'use', state);
    const message = cause instanceof Error ? cause.message : String(cause);
    const text = `onedrive-cli: ${printable(message)} Transfers run without a journal, so interrupted ones cannot be resumed.\n`;
    streams.stderr.write(text).catch(() => undefined);
  };
}
