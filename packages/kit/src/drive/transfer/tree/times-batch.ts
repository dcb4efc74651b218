/** Times of uploaded small files, set for twenty of them in one request. */
import { isOneDriveError } from '../../../errors/index.ts';
import type { DriveItem, FileSystemInfo } from '../../../graph/types/index.ts';
import { refOf } from '../../provider/item-home.ts';
import type { DriveProvider } from '../../provider/provider.ts';
import { type Company, company } from './company.ts';

/** Changes in one request: the most that the service takes. */
const batchSize = 20;

interface Waiting {
  readonly item: DriveItem;
  readonly times: FileSystemInfo;
  /** Told when the times are set, or why not. */
  readonly settled: (outcome: DriveItem | Error) => void;
}

/** Sends a request whenever twenty are there. */
export function timesBatch(provider: DriveProvider, signal: AbortSignal): Company<Waiting> {
  return company({ most: batchSize, send: (part) => settle(provider, part, signal) });
}

async function settle(provider: DriveProvider, part: readonly Waiting[], signal: AbortSignal): Promise<void> {
  const changes = part.map(({ item, times }) => ({
    item: refOf(item),
    change: { fileSystemInfo: times },
  }));
  const answers = await provider.updateMany?.(changes, { signal }).catch(() => undefined);
  for (const [i, { item, times, settled }] of part.entries()) {
    const answer = answers?.[i];
    // What was refused in company, throttled perhaps, is tried once more by itself, with all its patience.
    settled(
      answer === undefined || isOneDriveError(answer) ? await alone(provider, item, times, signal) : answer,
    );
  }
}

async function alone(
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
