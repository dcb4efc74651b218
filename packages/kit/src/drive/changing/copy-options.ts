import type { ConflictBehavior } from '../../graph/types/index.ts';
import type { DriveOptions } from '../address/target.ts';
import type { OnProgress } from '../progress.ts';

/** How to copy. */
export interface CopyOptions extends DriveOptions {
  /** The name of the copy; that of the original unless told. */
  readonly name?: string | undefined;
  /** When the name is taken: the service's own way (`fail`) unless told. Personal drives ignore it. */
  readonly conflict?: ConflictBehavior | undefined;
  /** `loaded` and `total` are percent. */
  readonly onProgress?: OnProgress | undefined;
}
