import type { ConflictBehavior } from '../../graph/types/index.ts';
import type { DriveOptions } from '../address/target.ts';
import type { OnProgress } from '../progress.ts';

/** Options for a copy. */
export interface CopyOptions extends DriveOptions {
  /** The name of the copy. Default: that of the original. */
  readonly name?: string | undefined;
  /** What to do if the name is taken. Default: that of the service (`fail`). Personal drives ignore it. */
  readonly conflict?: ConflictBehavior | undefined;
  /** `loaded` and `total` are percentages. */
  readonly onProgress?: OnProgress | undefined;
}
