/**
 * Decides the next step of an upload session from its state and the last response. Pure and serializable: the acting half
 * (upload-session.ts) only performs the steps and reports the outcome; a journal can keep the state and another process
 * continue from it.
 *
 * The rules: what the service reports as expected is used, not what was sent; after a lost response or a 416 the session is
 * queried; a session that is gone before the last byte was sent is replaced by a new one; one that is gone afterwards may
 * have succeeded, so the item is checked. Source:
 * https://learn.microsoft.com/graph/api/driveitem-createuploadsession#handle-upload-errors
 */
import type { ErrorCode } from '../../errors/index.ts';
import { firstExpected } from './expected-ranges.ts';

/** The state of an upload. All positions in bytes. */
export interface UploadState {
  readonly total: number;
  readonly fragmentSize: number;
  /** The first byte that the service does not have, as far as known. */
  readonly next: number;
  /** One past the last byte that the service expects from `next` on. */
  readonly until: number;
  /** Whether an earlier process created the session. A refusal then does not concern this upload. */
  readonly isResumed: boolean;
  /** Whether the last byte was sent in this session. The upload may then have succeeded. */
  readonly hasSentLast: boolean;
  /** Consecutive responses without progress. */
  readonly stalls: number;
  /** Sessions created so far. */
  readonly sessions: number;
  readonly step: UploadStep;
}

/** The next step. `wait` is the delay before it, in milliseconds. */
export type UploadStep =
  | { readonly kind: 'open'; readonly wait: number }
  | { readonly kind: 'send'; readonly start: number; readonly end: number; readonly wait: number }
  | { readonly kind: 'query'; readonly wait: number }
  | { readonly kind: 'check'; readonly wait: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'fail'; readonly reason: 'refused' | 'gone' | 'stuck' };

/** The outcome of a step. */
export type UploadEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'expects'; readonly ranges: readonly string[] | undefined }
  /** The finished item, in a response or found by checking. */
  | { readonly kind: 'item' }
  /** Checked: the item does not exist or is another one. */
  | { readonly kind: 'absent' }
  /** No response: the connection failed, or the response could not be read. */
  | { readonly kind: 'lost' }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly status: number;
      readonly retryAfterMs?: number | undefined;
    };

/** Consecutive responses without progress before giving up. */
const maxStalls = 8;
/** Sessions for one upload before giving up. */
export const maxSessions = 4;

export function startUpload(total: number, fragmentSize: number): UploadState {
  return {
    total,
    fragmentSize,
    next: 0,
    until: total,
    isResumed: false,
    hasSentLast: false,
    stalls: 0,
    sessions: 0,
    step: { kind: 'open', wait: 0 },
  };
}

/**
 * Resumes a session that an earlier process created. What that process sent after its last save is unknown, so the session
 * is queried first, and the upload may already have succeeded.
 * @param next bytes that the service had at the last save.
 */
export function resumeUpload(total: number, fragmentSize: number, next: number): UploadState {
  const start = startUpload(total, fragmentSize);
  return { ...start, next, isResumed: true, hasSentLast: true, step: { kind: 'query', wait: 0 } };
}

/** The state after an event. Every event is a valid outcome of every step. */
export function advanceUpload(state: UploadState, event: UploadEvent): UploadState {
  switch (event.kind) {
    case 'opened':
      return sending(
        {
          ...state,
          ...{ next: 0, until: state.total, hasSentLast: false, isResumed: false },
          sessions: state.sessions + 1,
        },
        0,
      );
    case 'item':
      return { ...state, step: { kind: 'done' } };
    case 'absent':
      return reopened(state);
    case 'lost':
      // Without a session there is nothing to query; the transport has retried often enough.
      if (state.step.kind === 'open') return failed(state, 'refused');
      return stalled(markLastSent(state), state.step.kind === 'check' ? 'check' : 'query', undefined);
    case 'expects':
      return expected(state, event.ranges);
    case 'refused':
      return refused(markLastSent(state), event);
  }
}

/** After a fragment that reaches the end, whatever the outcome: the service may have received it. */
function markLastSent(state: UploadState): UploadState {
  return state.step.kind === 'send' && state.step.end === state.total
    ? { ...state, hasSentLast: true }
    : state;
}

function sending(state: UploadState, wait: number): UploadState {
  const end = Math.min(state.next + state.fragmentSize, state.until);
  return { ...state, step: { kind: 'send', start: state.next, end, wait } };
}

function failed(state: UploadState, reason: 'refused' | 'gone' | 'stuck'): UploadState {
  return { ...state, step: { kind: 'fail', reason } };
}

/** Half a second, then twice as long each time, up to half a minute. */
export function backoffMs(stalls: number): number {
  return Math.min(30_000, 250 * 2 ** stalls);
}

function stalled(state: UploadState, kind: 'query' | 'check', retryAfterMs: number | undefined): UploadState {
  const stalls = state.stalls + 1;
  if (stalls > maxStalls) return failed(state, 'stuck');
  return { ...state, stalls, step: { kind, wait: retryAfterMs ?? (stalls === 1 ? 0 : backoffMs(stalls)) } };
}

function reopened(state: UploadState): UploadState {
  if (state.sessions >= maxSessions) return failed(state, 'gone');
  return { ...state, step: { kind: 'open', wait: backoffMs(state.sessions) } };
}

function expected(before: UploadState, ranges: readonly string[] | undefined): UploadState {
  const state = markLastSent(before);
  // A queried session without ranges in its response must not be sent bytes that it has: the response was damaged.
  if (ranges === undefined && state.step.kind === 'query') return stalled(state, 'query', undefined);
  const sentEnd = state.step.kind === 'send' ? state.step.end : state.next;
  const missing =
    ranges === undefined ? { start: sentEnd, end: state.total } : firstExpected(ranges, state.total);
  if (missing === undefined) return { ...state, step: { kind: 'fail', reason: 'refused' } };
  const { start: next, end: until } = missing;
  // All bytes are there, but no item: the service may still be finishing, or its response was lost.
  if (next >= state.total)
    return stalled({ ...state, next: state.total, until, hasSentLast: true }, 'check', undefined);
  const stalls = next > state.next ? 0 : state.stalls + (state.step.kind === 'send' ? 1 : 0);
  if (stalls > maxStalls) return failed(state, 'stuck');
  return sending({ ...state, next, until, stalls }, stalls > 1 ? backoffMs(stalls) : 0);
}

function refused(
  state: UploadState,
  { code, status, retryAfterMs }: Extract<UploadEvent, { kind: 'refused' }>,
): UploadState {
  if (state.step.kind === 'open') return failed(state, 'refused');
  const wasQuery = state.step.kind === 'query';
  // A single response may be an error of one server: query the session before sending anything again.
  if (status === 404 || status === 410) {
    if (!wasQuery) return stalled(state, 'query', retryAfterMs);
    return state.hasSentLast ? stalled(state, 'check', undefined) : reopened(state);
  }
  switch (code) {
    case 'range':
      return stalled(state, 'query', retryAfterMs);
    case 'throttled':
    case 'service':
    case 'protocol':
      return stalled(state, state.step.kind === 'check' ? 'check' : 'query', retryAfterMs);
    case 'auth-required':
    case 'access-denied':
      if (!wasQuery) return stalled(state, 'query', retryAfterMs);
      // The secret in the URL has expired before the session; if no bytes were accepted yet, it is a real refusal.
      return state.next > 0 || state.isResumed ? goneOrDone(state) : failed(state, 'refused');
    default:
      return state.isResumed && wasQuery ? goneOrDone(state) : failed(state, 'refused');
  }
}

/** The session is unusable: create a new one, unless the upload may have succeeded. */
function goneOrDone(state: UploadState): UploadState {
  return state.hasSentLast ? stalled(state, 'check', undefined) : reopened(state);
}
