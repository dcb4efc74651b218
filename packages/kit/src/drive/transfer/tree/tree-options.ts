/** Options of tree transfers, and their local side. */
import type { FileSystem } from '../../../platform/file-system.ts';
import type { DriveOptions } from '../../address/target.ts';
import type { NameOptions } from './drive-names.ts';
import type { LinkPolicy } from './link-policy.ts';
import type { Selection } from './selection.ts';

/** Options of tree transfers, in both directions. */
export interface TreeOptions extends DriveOptions, NameOptions {
  /** The files to transfer. Default: all. */
  readonly selection?: Selection | undefined;
  /** Files transferred at a time. Default: 8. */
  readonly transfers?: number | undefined;
  /** Only report what would be transferred. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Transfer files even if the target already has them. Default: false. */
  readonly force?: boolean | undefined;
  /**
   * What to do if the name belongs to a file with other content. `replace` (default); `skip` keeps the other file, and an
   * upload reports it as a conflict; `rename` adds a number to the name of an upload.
   */
  readonly existing?: 'replace' | 'skip' | 'rename' | undefined;
  /** How to treat local symbolic links. Default: `skip`. */
  readonly links?: LinkPolicy | undefined;
  /** Downloads only: as in `DownloadOptions`. Default: false. */
  readonly keepMismatch?: boolean | undefined;
  /** Uploads keep the modification times of local files. Default: true. */
  readonly keepTimes?: boolean | undefined;
  /** @internal Id of the record that covers the small files of the tree. */
  readonly tree?: string | undefined;
  /** @internal The random part of the names of part files. Default: random for each file. */
  readonly partTag?: string | undefined;
}

/** The local side of a tree transfer. */
export interface LocalTree {
  readonly fileSystem: FileSystem;
  /** Absolute path of the folder. */
  readonly folder: string;
  /**
   * The folder that the caller named, if `folder` is below it: a download treats links below this folder as
   * {@link TreeOptions.links} requires. Default: `folder`.
   */
  readonly target?: string | undefined;
  /** Flushes downloaded files to disk before they are renamed to their final names. Default: false. */
  readonly durable?: boolean | undefined;
}
