/** Polls the monitor of a copy until the copy is done or has failed. */
import { OneDriveError } from '../../errors/index.ts';
import type { OnProgress } from '../progress.ts';
import type { CopyStatus } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';

/** Milliseconds between two polls of a monitor: short at first, for small files, then one second. */
const patience = [50, 100, 200, 400, 700];
const settledPatience = 1000;

/** Options for waiting. */
export interface MonitorOptions {
  readonly signal?: AbortSignal | undefined;
  /** `loaded` and `total` are percentages. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Polls until the copy is done; returns the id of the new item if the service returns it.
 * @param what completes "Could not …" in the error of a failed copy.
 * @throws OneDriveError `conflict`, `quota`, `not-found`, `access-denied`, `service`.
 */
export async function copyFinished(
  { provider, world }: DriveContext,
  ticket: string,
  what: string,
  { signal, onProgress }: MonitorOptions,
): Promise<string | undefined> {
  for (let asked = 0; ; asked++) {
    const status = await provider.copyStatus(ticket, { signal });
    if (status.kind === 'failed') throw copyFailed(what, status);
    if (status.kind === 'done') {
      onProgress?.({ phase: 'copy', loaded: 100, total: 100 });
      return status.id;
    }
    onProgress?.({ phase: 'copy', loaded: status.percent ?? 0, total: 100 });
    await world.clock.sleep(patience[asked] ?? settledPatience, { signal });
  }
}

function copyFailed(what: string, { code, message }: Extract<CopyStatus, { kind: 'failed' }>): OneDriveError {
  const text = `Could not ${what}: ${message ?? 'the service gives no reason'} (${code}).`;
  switch (code.toLowerCase()) {
    case 'namealreadyexists':
      return new OneDriveError('conflict', text, {
        hint: { step: 'name', conflict: ['replace', 'rename'] },
      });
    case 'quotalimitreached':
      return new OneDriveError('quota', text, { hint: 'Free some space in the drive, then try again.' });
    case 'itemnotfound':
      return new OneDriveError('not-found', text, { hint: 'It was deleted while it was being copied.' });
    case 'accessdenied':
      return new OneDriveError('access-denied', text);
    default:
      return new OneDriveError('service', text, { hint: 'Check the target folder, then try again.' });
  }
}
