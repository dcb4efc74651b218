/** Times of uploaded small files, set for twenty of them in one request. */
import { isOneDriveError } from '../../../errors/index.ts';
import type { DriveItem, FileSystemInfo } from '../../../graph/types/index.ts';
import { refOf } from '../../item-home.ts';
import type { DriveProvider } from '../../provider.ts';

/** Changes in one request: the most that the service takes. */
const batchSize = 20;

interface Waiting {
  readonly item: DriveItem;
  readonly times: FileSystemInfo;
  readonly settled: (outcome: DriveItem | Error) => void;
}

export interface TimesBatch {
  /** Takes it on; `settled` is told when the times are set, or why not. */
  add(item: DriveItem, times: FileSystemInfo, settled: Waiting['settled']): void;
  /** Resolves when everything that was taken on is settled. */
  flush(): Promise<void>;
}

/** Sends a request whenever twenty are there. */
export function timesBatch(provider: DriveProvider, signal: AbortSignal): TimesBatch {
  let waiting: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  const send = () => {
    const part = waiting;
    waiting = [];
    if (part.length === 0) return;
    const one: Promise<void> = settle(provider, part, signal).finally(() => underWay.delete(one));
    underWay.add(one);
  };
  return {
    add(item, times, settled) {
      waiting.push({ item, times, settled });
      if (waiting.length >= batchSize) send();
    },
    async flush() {
      send();
      await Promise.all(underWay);
    },
  };
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
