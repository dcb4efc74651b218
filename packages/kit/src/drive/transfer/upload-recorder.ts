/** The journal record of an upload in fragments: saving it, and resuming from it. */
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { ProviderSession } from '../provider/provider.ts';
import { sameFingerprint } from './file-source.ts';
import { fromBase64, toBase64, type UploadRecord } from './journal.ts';
import type { UploadJob } from './upload-job.ts';

/** Milliseconds between two saves; for bytes sent since, the service is queried and the source read again. */
const saveIntervalMs = 1000;

/** Where an earlier process stopped. */
export interface Resumption {
  readonly session: ProviderSession;
  /** Bytes that the service had at the last save. */
  readonly next: number;
  readonly fragmentSize: number;
}

/** Keeps the record of one upload up to date. Does nothing without a journal. */
export interface UploadRecorder {
  /** After a fragment was accepted: saves if the interval has passed. */
  saveIfDue(session: ProviderSession, next: number, fragmentSize: number): Promise<void>;
  /** Saves now: when a session was created, and when the upload starts or stops. */
  save(session: ProviderSession | undefined, next: number, fragmentSize: number): Promise<void>;
  /** Deletes the record: there is nothing to resume. */
  clear(): Promise<void>;
}

export function uploadRecorder(job: UploadJob): UploadRecorder {
  const { clock } = job.context.world;
  let savedAt = Number.NEGATIVE_INFINITY;
  const save: UploadRecorder['save'] = async (session, next, fragmentSize) => {
    savedAt = clock.now();
    await job.entry?.save(recordOf(job, session, next, fragmentSize));
  };
  return {
    save,
    saveIfDue: async (session, next, fragmentSize) => {
      if (clock.now() - savedAt >= saveIntervalMs) await save(session, next, fragmentSize);
    },
    clear: async () => job.entry?.clear(),
  };
}

function recordOf(
  { source, target, requestedTarget, hash, fingerprint, keepTimes, tree }: UploadJob,
  ...progress: [ProviderSession | undefined, number, number]
) {
  const [session, done, fragmentSize] = progress;
  return {
    remote: describeItem(requestedTarget),
    size: source.size,
    done,
    ...(tree === undefined ? {} : { tree }),
    at: requestedTarget,
    conflict: target.conflict,
    ...(target.ifMatch === undefined ? {} : { ifMatch: target.ifMatch }),
    keepTimes,
    fingerprint,
    fragmentSize,
    ...(session === undefined ? {} : { session }),
    hash: toBase64(hash.save()),
  };
}

/**
 * What can be resumed, if the record is of the same content and options; restores the hash. `stale` is the session of other
 * content, to be cancelled.
 */
export function resumption(job: UploadJob): { usable?: Resumption; stale?: ProviderSession } {
  const previous = job.entry?.previous;
  if (previous === undefined) return {};
  if (!fitsRecord(previous, job)) return previous.session === undefined ? {} : { stale: previous.session };
  if (previous.session === undefined) return {};
  try {
    job.hash.restore(fromBase64(previous.hash));
  } catch {
    job.hash.restart(); // the bytes are read and hashed again
  }
  const { session, done: next, fragmentSize } = previous;
  return { usable: { session, next, fragmentSize } };
}

/** Whether the record is of the same content and options. */
export function fitsRecord(
  record: UploadRecord,
  { source, target, fingerprint, keepTimes }: UploadJob,
): boolean {
  return (
    record.size === source.size &&
    sameFingerprint(record.fingerprint, fingerprint) &&
    record.conflict === target.conflict &&
    record.ifMatch === target.ifMatch &&
    record.keepTimes === keepTimes
  );
}
