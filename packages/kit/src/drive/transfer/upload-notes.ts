/** What an upload in fragments writes down about itself, and what it finds written. */
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { ProviderSession } from '../provider/provider.ts';
import { sameFingerprint } from './file-source.ts';
import { fromBase64, toBase64, type UploadRecord } from './journal.ts';
import type { UploadJob } from './upload-job.ts';

/** Milliseconds between two records: what lies between is asked of the service and read again here. */
const interval = 1000;

/** Where an earlier process stopped. */
export interface Resumption {
  readonly session: ProviderSession;
  /** Bytes that the service was known to have. */
  readonly next: number;
  readonly fragmentSize: number;
}

/** Keeps the record of one upload up to date. Does nothing where there is no journal. */
export interface UploadNotes {
  /** After a fragment was taken. */
  progress(session: ProviderSession, next: number, fragmentSize: number): Promise<void>;
  /** At once: a session was opened, or the work begins or stops here. */
  now(session: ProviderSession | undefined, next: number, fragmentSize: number): Promise<void>;
  /** There is nothing to go on with. */
  clear(): Promise<void>;
}

export function uploadNotes(job: UploadJob): UploadNotes {
  const { clock } = job.context.world;
  let last = Number.NEGATIVE_INFINITY;
  const now: UploadNotes['now'] = async (session, next, fragmentSize) => {
    last = clock.now();
    await job.entry?.save(recordOf(job, session, next, fragmentSize));
  };
  return {
    now,
    progress: async (session, next, fragmentSize) => {
      if (clock.now() - last >= interval) await now(session, next, fragmentSize);
    },
    clear: async () => job.entry?.clear(),
  };
}

function recordOf(
  { source, target, asked, hash, fingerprint, keepTimes, tree }: UploadJob,
  ...at: [ProviderSession | undefined, number, number]
) {
  const [session, done, fragmentSize] = at;
  return {
    remote: describeItem(asked),
    size: source.size,
    done,
    ...(tree === undefined ? {} : { tree }),
    at: asked,
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
 * What can be gone on with: the record is about the same content with the same wishes. Brings the hash to where it
 * was. What cannot be used is given as `stale`: a session of another content, to be dropped.
 */
export function resumption(job: UploadJob): { usable?: Resumption; stale?: ProviderSession } {
  const previous = job.entry?.previous;
  if (previous === undefined) return {};
  if (!fitsRecord(previous, job)) return previous.session === undefined ? {} : { stale: previous.session };
  if (previous.session === undefined) return {};
  try {
    job.hash.restore(fromBase64(previous.hash));
  } catch {
    job.hash.restart(); // the bytes are read again, here
  }
  const { session, done: next, fragmentSize } = previous;
  return { usable: { session, next, fragmentSize } };
}

/** Is the record about the same content, with the same wishes? */
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
