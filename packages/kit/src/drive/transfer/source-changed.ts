/** The error of an upload whose source changed while it was read. A class of its own, because the upload may start over. */
import { OneDriveError } from '../../errors/index.ts';

/** Bytes of two versions of a source must not be mixed in one file. Code `integrity`. */
export class SourceChanged extends OneDriveError {
  /** @param message names the source or its target. @param hint what is in the drive now, and what to do. */
  constructor(message: string, hint: string) {
    super('integrity', message, { hint });
    this.name = 'SourceChanged';
  }
}
