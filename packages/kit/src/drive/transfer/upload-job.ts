/** What the parts of an upload share. */
import type { ItemRef } from '../../graph/item-ref.ts';
import type { UploadTarget } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';
import type { FileSource, Fingerprint } from './file-source.ts';
import type { JournalEntry, UploadRecord } from './journal.ts';
import type { RunningHash } from './running-hash.ts';

/** One upload in progress. */
export interface UploadJob {
  readonly context: DriveContext;
  readonly source: FileSource;
  readonly target: UploadTarget;
  /** The target as the caller named it; the record is stored under it. */
  readonly requestedTarget: ItemRef;
  /** Hash of the bytes of the source as they are sent. */
  readonly hash: RunningHash;
  /** The fingerprint of the source when the upload started. */
  readonly fingerprint: Fingerprint;
  /** The journal entry, if there is one. */
  readonly entry: JournalEntry<UploadRecord> | undefined;
  /** Id of the tree transfer that it belongs to. */
  readonly tree: string | undefined;
  readonly keepTimes: boolean;
  /** Reports how many bytes have been sent. */
  readonly reportProgress: (loaded: number) => void;
}
