/** What the parts of an upload share. */
import type { ItemRef } from '../../graph/item-ref.ts';
import type { UploadTarget } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';
import type { FileSource, Fingerprint } from './file-source.ts';
import type { HashOnTheWay } from './hash-on-the-way.ts';
import type { JournalEntry, UploadRecord } from './journal.ts';

/** One upload under way. */
export interface UploadJob {
  readonly context: DriveContext;
  readonly source: FileSource;
  readonly target: UploadTarget;
  /** As the caller named the place, which is what the record is kept under. */
  readonly asked: ItemRef;
  /** Of the source's bytes as they are sent. */
  readonly hash: HashOnTheWay;
  /** What the source was when the upload began. */
  readonly fingerprint: Fingerprint;
  /** Where it is written down, if it is. */
  readonly entry: JournalEntry<UploadRecord> | undefined;
  /** Id of the tree that it is a part of. */
  readonly tree: string | undefined;
  readonly keepTimes: boolean;
  /** Reports how many bytes have gone. */
  readonly tell: (loaded: number) => void;
}
