/** The environment of drive functions besides the API. */
import type { Clock } from '../platform/clock.ts';
import type { FileSystem } from '../platform/file-system.ts';
import type { Random } from '../platform/random.ts';
import type { DriveProvider } from './provider/provider.ts';
import type { TransferJournal } from './transfer/journal.ts';

/** Time and randomness, temporary storage if there is a file system, and a journal. */
export interface DriveWorld {
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Where a stream of unknown size is buffered until it is complete. Without it, such streams are limited to
   * 4 MiB.
   */
  readonly spool?: SpoolPlace | undefined;
  /**
   * Where transfers are recorded, so that another process can resume them. Without it, they are resumed only
   * after network failures.
   */
  readonly journal?: TransferJournal | undefined;
}

/** A folder for temporary files. */
export interface SpoolPlace {
  readonly fileSystem: FileSystem;
  /** An existing folder, absolute path. */
  readonly folder: string;
}

/** A provider and its environment: the first argument of every drive function. */
export interface DriveContext {
  readonly provider: DriveProvider;
  readonly world: DriveWorld;
}
