import type { DriveItem } from '../../graph/types/index.ts';
import type { DriveOptions } from '../address/target.ts';
import type { OnProgress } from '../progress.ts';
import type { ByteRange } from './byte-range.ts';

/** Options of a download. */
export interface DownloadOptions extends DriveOptions {
  /** Download only these bytes; they cannot be verified by a hash. */
  readonly range?: ByteRange | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Byte ranges downloaded at a time. Default: 1, and up to 4 if a long transfer turns out to be slow. */
  readonly ranges?: number | undefined;
  /** The item as a list returned it; saves the request for it. */
  readonly item?: DriveItem | undefined;
  /** @internal Id of the tree whose record covers this download, if the file is small. */
  readonly tree?: string | undefined;
  /** @internal The random part of the name of the part file, from the record of the tree. Default: a new one. */
  readonly partTag?: string | undefined;
  /**
   * Keep a file whose size and hash differ from those that the service lists: it lists wrong ones for some photos and does
   * not correct them. The verdict is then `mismatch`. Default: false: such a download fails.
   */
  readonly keepMismatch?: boolean | undefined;
}
