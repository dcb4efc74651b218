/**
 * A copy that the service makes: starts it, polls it, and recognizes it if the response to the start was
 * lost.
 */
import { isOneDriveError } from '../../errors/index.ts';
import { below, describeItem, itemById } from '../../graph/item-ref-forms.ts';
import type { ConflictBehavior, DriveItem } from '../../graph/types/index.ts';
import { type Attempts, attempts } from '../../http/attempts.ts';
import { homeOf, refOf } from '../provider/item-home.ts';
import type { DriveContext } from '../world.ts';
import { copyFinished, type MonitorOptions } from './copy-monitor.ts';

/** The target of a copy. */
export interface CopyPlace {
  readonly context: DriveContext;
  readonly folder: DriveItem;
  readonly name: string | undefined;
}

/** Options for the copy. */
export interface ServiceCopyOptions extends MonitorOptions {
  readonly conflict: ConflictBehavior;
  /** Completes "Could not …". Default: with the id of the item. */
  readonly what?: string | undefined;
}

/**
 * Copies an item within the service and waits until the copy is complete. After an attempt whose response was
 * lost, a conflict is with the copy of that attempt if the existing item was created since, and has the same
 * size and hash.
 * @throws OneDriveError `conflict`, `quota`, `not-found` …
 */
export async function serviceCopy(
  from: DriveContext,
  item: DriveItem,
  to: CopyPlace,
  options: ServiceCopyOptions,
): Promise<DriveItem> {
  const { signal, conflict } = options;
  const memory = attempts();
  const place = below(refOf(to.folder), to.name ?? item.name);
  try {
    const target = { folder: to.folder, name: to.name };
    const call = { signal, conflict, attempts: memory };
    const started = await from.provider.startCopy(refOf(item), target, call);
    if (started.kind === 'done') return started.item;
    const what = options.what ?? `copy ${describeItem(refOf(item))}`;
    const id = await copyFinished(from, started.ticket, what, options);
    const made = id === undefined ? place : itemById(id, homeOf(to.folder));
    return await to.context.provider.item(made, { signal });
  } catch (error) {
    const isTrace =
      memory.unclear && conflict === 'fail' && isOneDriveError(error) && error.code === 'conflict';
    const copy = isTrace ? await lostCopy(item, to, memory, options) : undefined;
    if (copy === undefined) throw error;
    return copy;
  }
}

/** Examines a copy that the service may still be making. */
const maxLooks = 30;
const lookMs = 1000;

async function lostCopy(
  source: DriveItem,
  { context: { provider, world }, folder, name }: CopyPlace,
  memory: Attempts,
  { signal }: ServiceCopyOptions,
): Promise<DriveItem | undefined> {
  const at = below(refOf(folder), name ?? source.name);
  for (let look = 0; look < maxLooks; look++) {
    const options = { signal, source, attempts: memory, now: world.clock.now() };
    const standing = await provider.standingCopy?.(at, options).catch((error: unknown) => {
      if (!isOneDriveError(error)) throw error;
      return undefined;
    });
    if (standing === undefined || standing.kind === 'other') return undefined;
    if (standing.kind === 'copy') return standing.item;
    await world.clock.sleep(lookMs, { signal });
  }
  return undefined;
}
