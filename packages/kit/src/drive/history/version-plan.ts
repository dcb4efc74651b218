/** Which old versions of a file may go. Pure. */
import type { DriveItemVersion } from '../../graph/types/index.ts';

/** What to keep. */
export interface PruneRule {
  /** So many of the newest stay, the current one counted; at least 1. */
  readonly keep: number;
  /** Only what is older than this moment goes, in milliseconds since the epoch. */
  readonly before?: number | undefined;
}

/**
 * The versions that may go, oldest last.
 * @param versions newest first, as the service lists them: the first is the content of today and never goes.
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
