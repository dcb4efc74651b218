import type { DriveItem } from '../../graph/types/index.ts';
import type { DriveOptions } from '../address/target.ts';
import type { OnProgress } from '../progress.ts';
import type { ByteRange } from './byte-range.ts';

/** How to download. */
export interface DownloadOptions extends DriveOptions {
  /** Only these bytes; they cannot be checked by a hash. */
  readonly range?: ByteRange | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Byte ranges read at a time. Unless told one, and more (up to 4) where a long transfer shows that it is slow. */
  readonly ranges?: number | undefined;
  /** The item as a list just told it, which saves asking for it. */
  readonly item?: DriveItem | undefined;
  /** @internal Id of the tree whose record covers this download, where it is a small one; it names the part file. */
  readonly tree?: string | undefined;
}
