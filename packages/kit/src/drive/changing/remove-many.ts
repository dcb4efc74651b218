/** Removing many items: in batches where the wire has them, each outcome by itself. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { deleteItems } from '../../graph/endpoints/deletion.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import type { DriveContext } from '../world.ts';
import { remove } from './change.ts';

/** What came of each: undefined, or why it is still there. */
export type RemoveOutcome = OneDriveError | undefined;

/**
 * Moves items to the recycle bin. A failure of one leaves the others alone.
 * @returns the outcomes, in the order of the targets.
 * @throws OneDriveError `usage` for the root, before anything is removed; what a refused batch throws.
 */
export async function removeMany(
  context: DriveContext,
  targets: readonly Target[],
  options: DriveOptions = {},
): Promise<readonly RemoveOutcome[]> {
  const refs = targets.map((target) => resolve(target, options.as));
  if (refs.some(({ anchor, path }) => anchor.kind === 'root' && path.length === 0)) {
    throw new OneDriveError('usage', 'The root folder of a drive cannot be removed.', {
      hint: 'Name what to remove.',
    });
  }
  const { graph } = context.provider;
  const { signal } = options;
  if (graph !== undefined && refs.length > 1)
    return await deleteItems(graph.client, graph.ref, refs, { signal });
  const outcomes: RemoveOutcome[] = [];
  for (const ref of refs) {
    try {
      await remove(context, ref, { signal });
      outcomes.push(undefined);
    } catch (error) {
      if (!isOneDriveError(error)) throw error;
      outcomes.push(error);
    }
  }
  return outcomes;
}
