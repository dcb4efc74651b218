/** The monitor of a copy: asked until the copy is done or has failed. */
import { OneDriveError } from '../../errors/index.ts';
import type { OnProgress } from '../progress.ts';
import type { CopyStatus } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';

/** Milliseconds between two questions to a monitor: short at first, for small files, then a second. */
const patience = [50, 100, 200, 400, 700];
const settledPatience = 1000;

/** How to wait. */
export interface MonitorOptions {
  readonly signal?: AbortSignal | undefined;
  /** `loaded` and `total` are percent. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Asks until the copy is done; gives the id of the new item where the service tells it.
 * @param what finishes "Could not …" in the error of a copy that failed.
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
      return new OneDriveError('not-found', text, { hint: 'It went away while it was copied.' });
    case 'accessdenied':
      return new OneDriveError('access-denied', text);
    default:
      return new OneDriveError('service', text, { hint: 'Look into the target folder, then try again.' });
  }
}
