/**
 * An upload in fragments: performs the steps that upload-state.ts decides and reports their outcomes to it. Fragments are
 * streamed from the source and never held in memory. With a journal the session outlives the process; a session that failed
 * permanently, or that cannot be resumed, is cancelled, so that it does not block the name.
 */
import { GraphError, isOneDriveError, LiveError, OneDriveError } from '../../errors/index.ts';
import { describeItem } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { streamBody } from '../../http/bodies.ts';
import type { ProviderSession } from '../provider/provider.ts';
import { bytesToSend, requireUnchanged } from './bytes-to-send.ts';
import { nextFragmentSize } from './fragment-size.ts';
import { isResumable } from './journal.ts';
import { isLongPause } from './long-pause.ts';
import type { UploadJob } from './upload-job.ts';
import type { UploadPlan } from './upload-plan.ts';
import { resumption, type UploadRecorder, uploadRecorder } from './upload-recorder.ts';
import {
  advanceUpload,
  resumeUpload,
  startUpload,
  type UploadEvent,
  type UploadState,
  type UploadStep,
} from './upload-state.ts';
import { verdictOf } from './verify.ts';

/** The progress of the acting half, beside the state. */
interface SessionProgress {
  session: ProviderSession | undefined;
  item: DriveItem | undefined;
  error: unknown;
  /** Bytes that the service has, as far as known. */
  next: number;
}

type SessionPlan = Extract<UploadPlan, { kind: 'session' }>;

/**
 * Uploads through a session until the item exists; resumes the session of an earlier process if possible.
 * @param plan as returned by `planUpload`.
 * @throws OneDriveError with the last error as its cause; `integrity` if the source changed; `signal.reason`.
 */
export async function uploadInFragments(job: UploadJob, plan: SessionPlan): Promise<DriveItem> {
  const recorder = uploadRecorder(job);
  const { usable, stale } = resumption(job);
  await cancel(job, stale);
  const progress: SessionProgress = {
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
    const item = await runSession(job, progress, start, { plan, recorder });
    await recorder.clear();
    return item;
  } catch (error) {
    const canResume = job.target.signal?.aborted === true || isResumable(error);
    if (job.entry !== undefined && progress.session !== undefined && canResume)
      await recorder.save(progress.session, progress.next, plan.fragmentSize);
    else await Promise.all([cancel(job, progress.session), recorder.clear()]);
    throw error;
  }
}

async function runSession(
  job: UploadJob,
  progress: SessionProgress,
  start: UploadState,
  { plan, recorder }: { plan: SessionPlan; recorder: UploadRecorder },
): Promise<DriveItem> {
  const { clock } = job.context.world;
  const { signal } = job.target;
  for (let state = start; ; ) {
    const { step } = state;
    if (step.kind === 'done' && progress.item !== undefined) return progress.item;
    if (step.kind === 'fail') throw failure(job, step.reason, progress.error);
    if ('wait' in step && step.wait > 0) await clock.sleep(step.wait, { signal });
    const startedAt = clock.now();
    const event = await attempt(job, progress, step);
    const fragmentSize =
      step.kind === 'send' && plan.bounds !== undefined
        ? nextFragmentSize(
            state.fragmentSize,
            { ok: event.kind === 'expects', ms: clock.now() - startedAt },
            plan.bounds,
          )
        : state.fragmentSize;
    state = advanceUpload({ ...state, fragmentSize }, event);
    progress.next = state.next;
    const { session } = progress;
    if (session !== undefined && event.kind === 'opened') await recorder.save(session, 0, fragmentSize);
    else if (session !== undefined && event.kind === 'expects')
      await recorder.saveIfDue(session, state.next, fragmentSize);
  }
}

async function attempt(job: UploadJob, progress: SessionProgress, step: UploadStep): Promise<UploadEvent> {
  try {
    return await perform(job, progress, step);
  } catch (error) {
    job.target.signal?.throwIfAborted();
    progress.error = error;
    return eventOf(error);
  }
}

/** Errors that are responses of the service, or the lack of one. All others do not concern the session. */
function eventOf(error: unknown): UploadEvent {
  if (isLongPause(error)) throw error;
  if (error instanceof GraphError || error instanceof LiveError) {
    return { kind: 'refused', code: error.code, status: error.status, retryAfterMs: error.retryAfterMs };
  }
  if (isOneDriveError(error) && (error.code === 'network' || error.code === 'protocol'))
    return { kind: 'lost' };
  throw error;
}

async function perform(job: UploadJob, progress: SessionProgress, step: UploadStep): Promise<UploadEvent> {
  const { provider } = job.context;
  const { signal } = job.target;
  if (step.kind === 'open') {
    progress.session = await provider.openSession(job.target);
    return { kind: 'opened' };
  }
  if (step.kind === 'check') return await checkItem(job, progress);
  const { session } = progress;
  if (session === undefined) throw new OneDriveError('internal', 'An upload has no session to send to.');
  const response =
    step.kind === 'send'
      ? await sendFragment(job, session, step.start, step.end)
      : await provider.askSession(session, { signal });
  if (response.kind === 'item') progress.item = response.item;
  return response.kind === 'item' ? { kind: 'item' } : response;
}

async function sendFragment(job: UploadJob, session: ProviderSession, start: number, end: number) {
  const { context, source, target } = job;
  await hashUpTo(job, start);
  // Before a byte of new content can follow bytes of the old content.
  await requireUnchanged(job);
  const body = streamBody(() => bytesToSend(job, start, end), end - start, true);
  const range = { start, end, total: source.size };
  return await context.provider.sendFragment(session, range, body, { signal: target.signal });
}

/** If the service has more bytes than were hashed (a response was lost), hashes them too. */
async function hashUpTo({ source, hash }: UploadJob, position: number): Promise<void> {
  if (hash.position >= position) return;
  for await (const chunk of source.read(hash.position, position)) hash.add(hash.position, chunk);
}

/** The session is gone after the last byte was sent: checks whether the upload succeeded. */
async function checkItem(job: UploadJob, progress: SessionProgress): Promise<UploadEvent> {
  progress.item = await findUploaded(job, progress.error);
  return { kind: progress.item === undefined ? 'absent' : 'item' };
}

/**
 * The item, if an upload whose response was lost has succeeded. Only an item with the same bytes is accepted.
 * @param cause why the response is missing.
 * @throws OneDriveError `network` if the service chose the name, so that the item cannot be found.
 */
export async function findUploaded(job: UploadJob, cause?: unknown): Promise<DriveItem | undefined> {
  const { context, source, target, hash } = job;
  if (target.conflict === 'rename') throw unknownOutcome(job, cause);
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

function unknownOutcome({ target }: UploadJob, cause: unknown): OneDriveError {
  return new OneDriveError(
    'network',
    `The upload of ${describeItem(target.at)} may have succeeded, but the response was lost.`,
    {
      cause,
      hint: 'Check the folder: the file may have another name there.',
    },
  );
}

function failure({ target }: UploadJob, reason: 'refused' | 'gone' | 'stuck', cause: unknown): unknown {
  if (reason === 'refused' && isOneDriveError(cause)) return cause;
  const name = describeItem(target.at);
  const suffix = isOneDriveError(cause) ? ` Last error: ${cause.message}` : '';
  switch (reason) {
    case 'gone':
      return new OneDriveError(
        'service',
        `Could not upload ${name}: the service dropped every upload session.${suffix}`,
        { cause },
      );
    case 'stuck':
      return new OneDriveError('network', `Could not upload ${name}: it makes no progress.${suffix}`, {
        cause,
        hint: 'Check the connection, then upload it again.',
      });
    case 'refused':
      return new OneDriveError(
        'protocol',
        `Could not upload ${name}: the service expects bytes that the file does not have.`,
        { cause },
      );
  }
}

/** Milliseconds that cancelling the session of a failed upload may take. */
const cancelTimeoutMs = 5000;

async function cancel({ context }: UploadJob, session: ProviderSession | undefined): Promise<void> {
  if (session === undefined) return;
  const { provider, world } = context;
  const stop = new AbortController();
  const timeout = world.clock.sleep(cancelTimeoutMs, { signal: stop.signal }).catch(() => undefined);
  // Neither the caller's signal, which may be the reason for the failure, nor a broken network may keep it from ending.
  const cancelled = provider.cancelSession(session, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([timeout, cancelled]);
  stop.abort();
}
