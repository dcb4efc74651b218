/** What drive functions are handed beside the wire. */
import type { Clock } from '../platform/clock.ts';
import type { FileSystem } from '../platform/file-system.ts';
import type { Random } from '../platform/random.ts';
import type { DriveProvider } from './provider/provider.ts';
import type { TransferJournal } from './transfer/journal.ts';

/** The world of a drive: time and randomness; a place for spools where there are files. */
export interface DriveWorld {
  readonly clock: Clock;
  readonly random: Random;
  /** Where a stream of unknown size waits until it is all there. Without it such streams are bounded to 4 MiB. */
  readonly spool?: SpoolPlace | undefined;
  /** Where transfers are written down, so that they survive the process. Without it they survive only the network. */
  readonly journal?: TransferJournal | undefined;
}

/** A folder for temporary files. */
export interface SpoolPlace {
  readonly fileSystem: FileSystem;
  /** An existing folder, absolute. */
  readonly folder: string;
}

/** A provider and the world around it: the first argument of every drive function. */
export interface DriveContext {
  readonly provider: DriveProvider;
  readonly world: DriveWorld;
}
