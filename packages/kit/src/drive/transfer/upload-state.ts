/**
 * What an upload session does next, as a function of where it is and what was answered. Pure and serialisable: the
 * acting half (upload.ts) only sends what is asked for here and reports the answer; a journal can keep the state and
 * go on in another process.
 *
 * The rules: what the service says it expects counts, not what was sent; a lost answer or a 416 means asking it; a
 * session that is gone before the last byte was sent is started anew, and one that is gone after it may have
 * succeeded, so the item is looked at. Source:
 * https://learn.microsoft.com/graph/api/driveitem-createuploadsession#handle-upload-errors
 */
import type { ErrorCode } from '../../errors/index.ts';
import { firstExpected } from './expected-ranges.ts';

/** Where an upload is. All positions in bytes. */
export interface UploadState {
  readonly total: number;
  readonly fragmentSize: number;
  /** The first byte that the service does not have, as far as known. */
  readonly next: number;
  /** One past the last byte that it wants from `next` on. */
  readonly until: number;
  /** Is the session one that an earlier process began? Then a refusal says nothing about this upload. */
  readonly inherited: boolean;
  /** Has the last byte been sent in this session? Then its end is an open question. */
  readonly sentLast: boolean;
  /** Answers in a row that brought nothing forward. */
  readonly stalls: number;
  /** Sessions started so far. */
  readonly sessions: number;
  readonly step: UploadStep;
}

/** What is to be done now. `wait` comes before it, in milliseconds. */
export type UploadStep =
  | { readonly kind: 'open'; readonly wait: number }
  | { readonly kind: 'send'; readonly start: number; readonly end: number; readonly wait: number }
  | { readonly kind: 'ask'; readonly wait: number }
  | { readonly kind: 'look'; readonly wait: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'fail'; readonly reason: 'refused' | 'gone' | 'stuck' };

/** What came of a step. */
export type UploadEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'expects'; readonly ranges: readonly string[] | undefined }
  /** The finished item, in an answer or found by looking. */
  | { readonly kind: 'item' }
  /** Looked, and the item is not there or is another one. */
  | { readonly kind: 'absent' }
  /** No answer: the connection broke, or the answer could not be read. */
  | { readonly kind: 'lost' }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly status: number;
      readonly retryAfterMs?: number | undefined;
    };

/** Answers in a row without progress before giving up. */
const mostStalls = 8;
/** Sessions for one upload before giving up. */
export const mostSessions = 4;

export function startUpload(total: number, fragmentSize: number): UploadState {
  return {
    total,
    fragmentSize,
    next: 0,
    until: total,
    inherited: false,
    sentLast: false,
    stalls: 0,
    sessions: 0,
    step: { kind: 'open', wait: 0 },
  };
}

/**
 * Goes on with a session that an earlier process began. What it sent after its last note is unknown, so the session
 * is asked first, and its end counts as an open question.
 * @param next bytes that the service was known to have.
 */
export function resumeUpload(total: number, fragmentSize: number, next: number): UploadState {
  const start = startUpload(total, fragmentSize);
  return { ...start, next, inherited: true, sentLast: true, step: { kind: 'ask', wait: 0 } };
}

/** The state after an event. Total: every event is an answer to every step. */
export function advanceUpload(state: UploadState, event: UploadEvent): UploadState {
  switch (event.kind) {
    case 'opened':
      return sending(
        {
          ...state,
          ...{ next: 0, until: state.total, sentLast: false, inherited: false },
          sessions: state.sessions + 1,
        },
        0,
      );
    case 'item':
      return { ...state, step: { kind: 'done' } };
    case 'absent':
      return reopened(state);
    case 'lost':
      // Without a session there is nobody to ask; the transport has tried often enough.
      if (state.step.kind === 'open') return failed(state, 'refused');
      return stalled(markSent(state), state.step.kind === 'look' ? 'look' : 'ask', undefined);
    case 'expects':
      return expected(state, event.ranges);
    case 'refused':
      return refused(markSent(state), event);
  }
}

/** Whatever came of a fragment that reaches the end: the service may have had it. */
function markSent(state: UploadState): UploadState {
  return state.step.kind === 'send' && state.step.end === state.total ? { ...state, sentLast: true } : state;
}

function sending(state: UploadState, wait: number): UploadState {
  const end = Math.min(state.next + state.fragmentSize, state.until);
  return { ...state, step: { kind: 'send', start: state.next, end, wait } };
}

function failed(state: UploadState, reason: 'refused' | 'gone' | 'stuck'): UploadState {
  return { ...state, step: { kind: 'fail', reason } };
}

/** Half a second, then twice as long each time, to half a minute. */
export function backOff(stalls: number): number {
  return Math.min(30_000, 250 * 2 ** stalls);
}

function stalled(state: UploadState, kind: 'ask' | 'look', retryAfterMs: number | undefined): UploadState {
  const stalls = state.stalls + 1;
  if (stalls > mostStalls) return failed(state, 'stuck');
  return { ...state, stalls, step: { kind, wait: retryAfterMs ?? (stalls === 1 ? 0 : backOff(stalls)) } };
}

function reopened(state: UploadState): UploadState {
  if (state.sessions >= mostSessions) return failed(state, 'gone');
  return { ...state, step: { kind: 'open', wait: backOff(state.sessions) } };
}

function expected(before: UploadState, ranges: readonly string[] | undefined): UploadState {
  const state = markSent(before);
  // A session that was asked and does not say must not be sent what it has: the answer was damaged on its way.
  if (ranges === undefined && state.step.kind === 'ask') return stalled(state, 'ask', undefined);
  const sentTo = state.step.kind === 'send' ? state.step.end : state.next;
  const missing =
    ranges === undefined ? { start: sentTo, end: state.total } : firstExpected(ranges, state.total);
  if (missing === undefined) return { ...state, step: { kind: 'fail', reason: 'refused' } };
  const { start: next, end: until } = missing;
  // All bytes are there and yet no item: the end may be under way, or its answer was lost.
  if (next >= state.total)
    return stalled({ ...state, next: state.total, until, sentLast: true }, 'look', undefined);
  const stalls = next > state.next ? 0 : state.stalls + (state.step.kind === 'send' ? 1 : 0);
  if (stalls > mostStalls) return failed(state, 'stuck');
  return sending({ ...state, next, until, stalls }, stalls > 1 ? backOff(stalls) : 0);
}

function refused(
  state: UploadState,
  { code, status, retryAfterMs }: Extract<UploadEvent, { kind: 'refused' }>,
): UploadState {
  if (state.step.kind === 'open') return failed(state, 'refused');
  const asked = state.step.kind === 'ask';
  // One answer may be a slip of one server: the session itself is asked before anything is sent again.
  if (status === 404 || status === 410) {
    if (!asked) return stalled(state, 'ask', retryAfterMs);
    return state.sentLast ? stalled(state, 'look', undefined) : reopened(state);
  }
  switch (code) {
    case 'range':
      return stalled(state, 'ask', retryAfterMs);
    case 'throttled':
    case 'service':
    case 'protocol':
      return stalled(state, state.step.kind === 'look' ? 'look' : 'ask', retryAfterMs);
    case 'auth-required':
    case 'access-denied':
      if (!asked) return stalled(state, 'ask', retryAfterMs);
      // The secret in the URL has run out before the session; where nothing was taken yet it is a real refusal.
      return state.next > 0 || state.inherited ? goneOrDone(state) : failed(state, 'refused');
    default:
      return state.inherited && asked ? goneOrDone(state) : failed(state, 'refused');
  }
}

/** The session is of no more use: a new one, unless the old one may have ended well. */
function goneOrDone(state: UploadState): UploadState {
  return state.sentLast ? stalled(state, 'look', undefined) : reopened(state);
}
