/** Copying inside the service: starts it, watches the monitor, and gives the new item when it is there. */
import { OneDriveError } from '../errors/index.ts';
import { below, describeItem, itemById } from '../graph/item-ref-forms.ts';
import type { ConflictBehavior, DriveItem } from '../graph/types/index.ts';
import { itemKind } from './item-kind.ts';
import { checkName } from './item-names.ts';
import type { OnProgress } from './progress.ts';
import type { CopyStatus } from './provider.ts';
import { stat, statFolder } from './stat.ts';
import { type DriveOptions, resolve, type Target } from './target.ts';
import type { DriveContext } from './world.ts';

/** How to copy. */
export interface CopyOptions extends DriveOptions {
  /** The name of the copy; that of the original unless told. */
  readonly name?: string | undefined;
  /** When the name is taken: the service's own way (`fail`) unless told. Personal drives ignore it. */
  readonly conflict?: ConflictBehavior | undefined;
  /** `loaded` and `total` are percent. */
  readonly onProgress?: OnProgress | undefined;
}

/** Milliseconds between two questions to a monitor: short at first, for small files, then a second. */
const patience = [50, 100, 200, 400, 700];
const settledPatience = 1000;

/**
 * Copies an item into a folder and waits until it is there. Aborting stops the waiting; the service goes on.
 * @throws OneDriveError `not-found`, `conflict`, `quota` …, also when it fails on the way; `not-supported` for a
 * folder where the wire copies files only.
 */
export async function copy(
  context: DriveContext,
  target: Target,
  folder: Target,
  options: CopyOptions = {},
): Promise<DriveItem> {
  if (options.name !== undefined) checkName(options.name);
  const item = await stat(context, target, options);
  const into = await statFolder(context, folder, options);
  const { provider } = context;
  if (itemKind(item) === 'folder' && !provider.capabilities.copiesFolders) {
    throw new OneDriveError(
      'not-supported',
      `${provider.capabilities.name} copies files only, and ${item.name} is a folder.`,
    );
  }
  const { signal, name, conflict = 'fail' } = options;
  const started = await provider.startCopy(itemById(item.id), { folder: into, name }, { signal, conflict });
  if (started.kind === 'done') return started.item;
  const what = `copy ${describeItem(resolve(target, options.as))}`;
  const id = await copyFinished(context, started.ticket, what, options);
  // The monitor's host is not followed: it may be another one. The item is read by the API.
  return await provider.item(id === undefined ? below(itemById(into.id), name ?? item.name) : itemById(id), {
    signal,
  });
}

/** @internal Asks until the copy is done; gives the id of the new item where the service tells it. */
export async function copyFinished(
  { provider, world }: DriveContext,
  ticket: string,
  what: string,
  { signal, onProgress }: CopyOptions,
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
        hint: 'Choose another name, or say that it may be replaced or renamed.',
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
