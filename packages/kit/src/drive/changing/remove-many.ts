/** Removes many items, in batches if the API has them, with an outcome for each. */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { deleteItems } from '../../graph/endpoints/deletion.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import type { DriveContext } from '../world.ts';
import { remove } from './change.ts';

/** The outcome for each item: undefined, or the error. */
export type RemoveOutcome = OneDriveError | undefined;

/**
 * Moves items to the recycle bin. A failure of one does not affect the others.
 * @returns the outcomes, in the order of the targets.
 * @throws OneDriveError `usage` for the root, before anything is removed; errors of a refused batch.
 */
export async function removeMany(
  context: DriveContext,
  targets: readonly Target[],
  options: DriveOptions = {},
): Promise<readonly RemoveOutcome[]> {
  const refs = targets.map((target) => resolve(target, options.as));
  if (refs.some(({ anchor, path }) => anchor.kind === 'root' && path.length === 0)) {
    throw new OneDriveError('usage', 'The root folder of a drive cannot be removed.', {
      hint: 'Specify what to remove.',
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
