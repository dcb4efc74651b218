/**
 * An upload in fragments: does what upload-state.ts decides and tells it what came of it. Fragments are streamed
 * from the source and never held. Where there is a journal the session outlives the process; one that fails for good,
 * or that nobody could go on with, is cancelled, so that it blocks nobody.
 */
import { GraphError, isOneDriveError, LiveError, OneDriveError } from '../../errors/index.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { streamBody } from '../../http/bodies.ts';
import type { ProviderSession } from '../provider/provider.ts';
import { bytesToSend, refuseChanged } from './bytes-to-send.ts';
import { nextFragmentSize } from './fragment-size.ts';
import { isResumable } from './journal.ts';
import { isLongPause } from './long-pause.ts';
import type { UploadJob } from './upload-job.ts';
import { resumption, type UploadNotes, uploadNotes } from './upload-notes.ts';
import type { UploadPlan } from './upload-plan.ts';
import {
  advanceUpload,
  resumeUpload,
  startUpload,
  type UploadEvent,
  type UploadState,
  type UploadStep,
} from './upload-state.ts';
import { verdictOf } from './verify.ts';

/** What the acting half remembers beside the state. */
interface Course {
  session: ProviderSession | undefined;
  item: DriveItem | undefined;
  error: unknown;
  /** Bytes that the service has, as far as known. */
  next: number;
}

type SessionPlan = Extract<UploadPlan, { kind: 'session' }>;

/**
 * Uploads through a session until the item is there; goes on with the session of an earlier process where it can.
 * @param plan as planned.
 * @throws OneDriveError with the last answer as its cause; `integrity` when the source changed; `signal.reason`.
 */
export async function uploadInFragments(job: UploadJob, plan: SessionPlan): Promise<DriveItem> {
  const notes = uploadNotes(job);
  const { usable, stale } = resumption(job);
  await cancel(job, stale);
  const course: Course = {
    session: usable?.session,
    item: undefined,
    error: undefined,
    next: usable?.next ?? 0,
  };
  const start =
    usable === undefined
      ? startUpload(job.source.size, plan.fragmentSize)
      : resumeUpload(
          job.source.size,
          plan.bounds === undefined ? plan.fragmentSize : usable.fragmentSize,
          usable.next,
        );
  try {
    const item = await drive(job, course, start, { plan, notes });
    await notes.clear();
    return item;
  } catch (error) {
    const goesOn = job.target.signal?.aborted === true || isResumable(error);
    if (job.entry !== undefined && course.session !== undefined && goesOn)
      await notes.now(course.session, course.next, plan.fragmentSize);
    else await Promise.all([cancel(job, course.session), notes.clear()]);
    throw error;
  }
}

async function drive(
  job: UploadJob,
  course: Course,
  start: UploadState,
  { plan, notes }: { plan: SessionPlan; notes: UploadNotes },
): Promise<DriveItem> {
  const { clock } = job.context.world;
  const { signal } = job.target;
  for (let state = start; ; ) {
    const { step } = state;
    if (step.kind === 'done' && course.item !== undefined) return course.item;
    if (step.kind === 'fail') throw failure(job, step.reason, course.error);
    if ('wait' in step && step.wait > 0) await clock.sleep(step.wait, { signal });
    const began = clock.now();
    const event = await attempt(job, course, step);
    const fragmentSize =
      step.kind === 'send' && plan.bounds !== undefined
        ? nextFragmentSize(
            state.fragmentSize,
            { ok: event.kind === 'expects', ms: clock.now() - began },
            plan.bounds,
          )
        : state.fragmentSize;
    state = advanceUpload({ ...state, fragmentSize }, event);
    course.next = state.next;
    const { session } = course;
    if (session !== undefined && event.kind === 'opened') await notes.now(session, 0, fragmentSize);
    else if (session !== undefined && event.kind === 'expects')
      await notes.progress(session, state.next, fragmentSize);
  }
}

async function attempt(job: UploadJob, course: Course, step: UploadStep): Promise<UploadEvent> {
  try {
    return await perform(job, course, step);
  } catch (error) {
    job.target.signal?.throwIfAborted();
    course.error = error;
    return eventOf(error);
  }
}

/** Errors that are answers of the service, or the lack of one. Everything else is not about the session. */
function eventOf(error: unknown): UploadEvent {
  if (isLongPause(error)) throw error;
  if (error instanceof GraphError || error instanceof LiveError) {
    return { kind: 'refused', code: error.code, status: error.status, retryAfterMs: error.retryAfterMs };
  }
  if (isOneDriveError(error) && (error.code === 'network' || error.code === 'protocol'))
    return { kind: 'lost' };
  throw error;
}

async function perform(job: UploadJob, course: Course, step: UploadStep): Promise<UploadEvent> {
  const { provider } = job.context;
  const { signal } = job.target;
  if (step.kind === 'open') {
    course.session = await provider.openSession(job.target);
    return { kind: 'opened' };
  }
  if (step.kind === 'look') return await look(job, course);
  const { session } = course;
  if (session === undefined) throw new OneDriveError('internal', 'An upload has no session to send to.');
  const answer =
    step.kind === 'send'
      ? await sendFragment(job, session, step.start, step.end)
      : await provider.askSession(session, { signal });
  if (answer.kind === 'item') course.item = answer.item;
  return answer.kind === 'item' ? { kind: 'item' } : answer;
}

async function sendFragment(job: UploadJob, session: ProviderSession, start: number, end: number) {
  const { context, source, target } = job;
  await hashUpTo(job, start);
  // Before a byte of the new content could follow those of the old one.
  await refuseChanged(job);
  const body = streamBody(() => bytesToSend(job, start, end), end - start, true);
  const range = { start, end, total: source.size };
  return await context.provider.sendFragment(session, range, body, { signal: target.signal });
}

/** Where the service has more than we sent (an answer was lost), the hash must see those bytes all the same. */
async function hashUpTo({ source, hash }: UploadJob, position: number): Promise<void> {
  if (hash.position >= position) return;
  for await (const chunk of source.read(hash.position, position)) hash.add(hash.position, chunk);
}

/** The session is gone after the last byte was sent: did it end well? */
async function look(job: UploadJob, course: Course): Promise<UploadEvent> {
  course.item = await findUploaded(job, course.error);
  return { kind: course.item === undefined ? 'absent' : 'item' };
}

/**
 * The item, where an upload whose answer was lost ended well. Only the same bytes count as a yes.
 * @param cause why the answer is missing.
 * @throws OneDriveError `network` where the name was free to choose, so that there is nowhere to look.
 */
export async function findUploaded(job: UploadJob, cause?: unknown): Promise<DriveItem | undefined> {
  const { context, source, target, hash } = job;
  if (target.conflict === 'rename') throw endUnknown(job, cause);
  try {
    const item = await context.provider.item(target.at, { signal: target.signal });
    if (item.size !== source.size) return undefined;
    await hashUpTo(job, source.size);
    const verdict = verdictOf({ size: source.size, hash: hash.digest() }, item);
    const sameTime = item.fileSystemInfo?.lastModifiedDateTime === target.times?.lastModifiedDateTime;
    return verdict === 'verified' || (verdict === 'size-only' && sameTime) ? item : undefined;
  } catch (error) {
    if (isOneDriveError(error) && error.code === 'not-found') return undefined;
    throw error;
  }
}

function endUnknown({ target }: UploadJob, cause: unknown): OneDriveError {
  return new OneDriveError(
    'network',
    `The upload of ${describeItem(target.at)} may have ended well, but the answer was lost.`,
    {
      cause,
      hint: 'Look into the folder: the file may be there under another name.',
    },
  );
}

function failure({ target }: UploadJob, reason: 'refused' | 'gone' | 'stuck', cause: unknown): unknown {
  if (reason === 'refused' && isOneDriveError(cause)) return cause;
  const name = describeItem(target.at);
  const told = isOneDriveError(cause) ? ` The last answer: ${cause.message}` : '';
  switch (reason) {
    case 'gone':
      return new OneDriveError(
        'service',
        `Could not upload ${name}: the service dropped every session that was started.${told}`,
        { cause },
      );
    case 'stuck':
      return new OneDriveError('network', `Could not upload ${name}: it does not get forward.${told}`, {
        cause,
        hint: 'Check the connection, then start it again.',
      });
    case 'refused':
      return new OneDriveError(
        'protocol',
        `Could not upload ${name}: the service expects bytes that the file does not have.`,
        { cause },
      );
  }
}

/** Milliseconds that a failed upload may still take to clean up. */
const cancelPatience = 5000;

async function cancel({ context }: UploadJob, session: ProviderSession | undefined): Promise<void> {
  if (session === undefined) return;
  const { provider, world } = context;
  const stop = new AbortController();
  const late = world.clock.sleep(cancelPatience, { signal: stop.signal }).catch(() => undefined);
  // Neither the caller's signal, which may be the reason for this, nor a dead network may keep it from ending.
  const cancelled = provider.cancelSession(session, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([late, cancelled]);
  stop.abort();
}
