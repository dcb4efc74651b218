/** What an upload ends with when its source is not any more what it was: told apart, because it may be begun anew. */
import { OneDriveError } from '../../errors/index.ts';

/** Bytes of two states of a source must not meet in one file. Code `integrity`. */
export class SourceChanged extends OneDriveError {
  /** @param what names the source or its target. @param hint what is in the drive now, and what to do. */
  constructor(what: string, hint: string) {
    super('integrity', what, { hint });
    this.name = 'SourceChanged';
  }
}
