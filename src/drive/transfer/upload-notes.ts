/** What an upload in fragments writes down about itself, and what it finds written. */
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { ProviderSession } from '../provider.ts';
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
  /** At once: a session was opened, or the work stops here. */
  now(session: ProviderSession, next: number, fragmentSize: number): Promise<void>;
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
  { source, target, hash, fingerprint, keepTimes }: UploadJob,
  ...at: [ProviderSession, number, number]
) {
  const [session, done, fragmentSize] = at;
  return {
    remote: describeItem(target.at),
    size: source.size,
    done,
    at: target.at,
    conflict: target.conflict,
    ...(target.ifMatch === undefined ? {} : { ifMatch: target.ifMatch }),
    keepTimes,
    fingerprint,
    fragmentSize,
    session,
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
  if (!fits(previous, job)) return { stale: previous.session };
  try {
    job.hash.restore(fromBase64(previous.hash));
  } catch {
    job.hash.restart(); // the bytes are read again, here
  }
  const { session, done: next, fragmentSize } = previous;
  return { usable: { session, next, fragmentSize } };
}

function fits(record: UploadRecord, { source, target, fingerprint, keepTimes }: UploadJob): boolean {
  return (
    record.size === source.size &&
    sameFingerprint(record.fingerprint, fingerprint) &&
    record.conflict === target.conflict &&
    record.ifMatch === target.ifMatch &&
    record.keepTimes === keepTimes
  );
}
