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
  /** @internal Id of the tree whose record covers this download, where it is a small one. */
  readonly tree?: string | undefined;
  /** @internal The random part of the part file's name, where the record of the tree keeps it. Default: a new one. */
  readonly partTag?: string | undefined;
  /**
   * Keep a file whose size and hash are not those that the service lists: it lists wrong ones for some photos, and does
   * not correct them. The verdict is then `mismatch`. Default: false, such a file fails.
   */
  readonly keepMismatch?: boolean | undefined;
}
