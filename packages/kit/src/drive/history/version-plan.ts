/** Decides which old versions of a file can be deleted. Pure. */
import type { DriveItemVersion } from '../../graph/types/index.ts';

/** Which versions to keep. */
export interface PruneRule {
  /** Number of the newest versions to keep, including the current one; at least 1. */
  readonly keep: number;
  /** Only versions older than this time are deleted, in milliseconds since the epoch. */
  readonly before?: number | undefined;
}

/**
 * The versions to delete, oldest last.
 * @param versions newest first, as the service lists them: the first one is the current content and always
 * kept.
 */
export function prunable(
  versions: readonly DriveItemVersion[],
  { keep, before = Number.POSITIVE_INFINITY }: PruneRule,
): readonly DriveItemVersion[] {
  return versions.slice(Math.max(1, keep)).filter(({ lastModifiedDateTime }) => {
    const time = Date.parse(lastModifiedDateTime ?? '');
    return before === Number.POSITIVE_INFINITY || time < before;
  });
}
