/** Sets the times of uploaded small files, twenty files in one request. */
import { isOneDriveError } from '../../../errors/index.ts';
import type { DriveItem, FileSystemInfo } from '../../../graph/types/index.ts';
import { refOf } from '../../provider/item-home.ts';
import type { DriveProvider } from '../../provider/provider.ts';
import { type Batcher, batcher } from './batcher.ts';

/** Changes in one request: the most that the service accepts. */
const maxBatch = 20;

interface PendingTimes {
  readonly item: DriveItem;
  readonly times: FileSystemInfo;
  /** Called with the changed item, or with the error. */
  readonly onResult: (outcome: DriveItem | Error) => void;
}

/** Returns a batcher that sets the times of twenty files in one request. */
export function timesBatch(provider: DriveProvider, signal: AbortSignal): Batcher<PendingTimes> {
  return batcher({ maxBatch: maxBatch, send: (batch) => updateTimes(provider, batch, signal) });
}

async function updateTimes(
  provider: DriveProvider,
  batch: readonly PendingTimes[],
  signal: AbortSignal,
): Promise<void> {
  const changes = batch.map(({ item, times }) => ({
    item: refOf(item),
    change: { fileSystemInfo: times },
  }));
  const results = await provider.updateMany?.(changes, { signal }).catch(() => undefined);
  for (const [i, { item, times, onResult }] of batch.entries()) {
    const result = results?.[i];
    // A change that failed in a batch, perhaps throttled, is retried individually, with the usual retries.
    onResult(
      result === undefined || isOneDriveError(result)
        ? await updateSingly(provider, item, times, signal)
        : result,
    );
  }
}

async function updateSingly(
  provider: DriveProvider,
  item: DriveItem,
  fileSystemInfo: FileSystemInfo,
  signal: AbortSignal,
): Promise<DriveItem | Error> {
  try {
    return await provider.update(refOf(item), { fileSystemInfo }, { signal, conflict: 'fail' });
  } catch (error) {
    return error instanceof Error ? error : new Error('The times could not be set.', { cause: error });
  }
}
