/** Options of tree transfers, and where their local side is. */
import type { FileSystem } from '../../../platform/file-system.ts';
import type { DriveOptions } from '../../address/target.ts';
import type { NameOptions } from './drive-names.ts';
import type { LinkPolicy } from './link-policy.ts';
import type { Selection } from './selection.ts';

/** How trees are moved, in both directions. */
export interface TreeOptions extends DriveOptions, NameOptions {
  /** Which files; all unless told. */
  readonly selection?: Selection | undefined;
  /** Files at a time; 8 unless told. */
  readonly transfers?: number | undefined;
  /** Only say what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Move files also when they are there already. */
  readonly force?: boolean | undefined;
  /**
   * When the name belongs to a file with other content. `replace` (default); `skip` leaves it alone, and an upload
   * reports it as a conflict; `rename` adds a number to the name of an upload.
   */
  readonly existing?: 'replace' | 'skip' | 'rename' | undefined;
  /** What to do with symbolic links on the local side. Default: `skip`. */
  readonly links?: LinkPolicy | undefined;
  /** Downloads only: as in `DownloadOptions`. Default: false. */
  readonly keepMismatch?: boolean | undefined;
  /** Uploads keep the modification times of local files. Default: true. */
  readonly keepTimes?: boolean | undefined;
  /** @internal Id of the record that covers the small files of the tree. */
  readonly tree?: string | undefined;
  /** @internal The part of the names of part files that nobody can predict. Default: random for each file. */
  readonly partTag?: string | undefined;
}

/** Where the local side is. */
export interface LocalTree {
  readonly fileSystem: FileSystem;
  /** Absolute path of the folder. */
  readonly folder: string;
  /**
   * The folder that the caller named, where `folder` is below it: a download treats links below this folder by
   * {@link TreeOptions.links}. Default: `folder`.
   */
  readonly target?: string | undefined;
  /** Forces downloaded files to the disk before they take their names. */
  readonly durable?: boolean | undefined;
}
