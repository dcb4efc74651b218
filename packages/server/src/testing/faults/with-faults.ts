/** Carries out a fault plan round a handler: decide (pure), then do what the faults say before, around and after the server acts. */
import type { Clock } from 'onedrive-kit/platform';
import { type Handler, requestWith, type ServerRequest, type ServerResponse } from '../../core/http.ts';
import {
  asStream,
  ConnectionBroken,
  corruptAt,
  firstBytes,
  resetAfter,
  slowed,
  stallAfter,
} from './broken-bodies.ts';
import type { Fault, FaultPlan } from './fault.ts';
import { decideFaults, type FaultState, initialFaultState } from './fault-plan.ts';
import { statusAnswer } from './status-answer.ts';

/** What only the server can do to itself, on behalf of a fault. */
export interface FaultHands {
  /** Ends the life of the token, session or download URL that the request carries. */
  expire(what: 'token' | 'session' | 'download-url', request: ServerRequest): Promise<void>;
  /** Makes the upload session of the request forget its bytes from `from` on. */
  forget(from: number, request: ServerRequest): Promise<void>;
}

/** The plan in force; it can be changed while the server runs. */
export interface FaultBoard {
  readonly plan: FaultPlan;
  readonly state: FaultState;
  /** Puts another plan in force; its counts begin anew. */
  set(plan: FaultPlan): void;
  /** The faults for this request; counts it. */
  next(request: ServerRequest): readonly Fault[];
  /** Kinds of the faults that struck this request; for the log. */
  struck(request: ServerRequest): readonly string[];
}

const unhurt: readonly never[] = [];

export function faultBoard(initial: FaultPlan = { rules: [] }): FaultBoard {
  let plan = initial;
  let state = initialFaultState(plan);
  const strikes = new WeakMap<ServerRequest, readonly string[]>();
  return {
    struck: (request) => strikes.get(request) ?? unhurt,
    get plan() {
      return plan;
    },
    get state() {
      return state;
    },
    set(next) {
      plan = next;
      state = initialFaultState(next);
    },
    next(request) {
      if (plan.rules.length === 0) return unhurt;
      const decided = decideFaults(plan, state, subjectOf(request));
      state = decided.state;
      strikes.set(
        request,
        decided.faults.map(({ kind }) => kind),
      );
      return decided.faults;
    },
  };
}

function subjectOf(request: ServerRequest) {
  const path = request.url.pathname;
  const whole = path + request.url.search;
  return { method: request.method, path, text: decodedOrRaw(whole) };
}

function decodedOrRaw(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The handler, with the board's faults. It throws {@link ConnectionBroken} where a connection is to break: what
 * carries the handler must then close the connection without an answer.
 */
export function withFaults(handler: Handler, board: FaultBoard, clock: Clock, hands: FaultHands): Handler {
  const struck = async (request: ServerRequest, faults: readonly Fault[]): Promise<ServerResponse> => {
    const early = await before(faults, request, clock, hands);
    if (early !== undefined) return early;
    const answer = await cutOff(faults, damaged(faults, request), handler);
    return faults.reduce<ServerResponse>((sofar, fault) => after(fault, sofar, request, clock), answer);
  };
  return (request) => {
    const faults = board.next(request);
    return faults.length === 0 ? handler(request) : struck(request, faults);
  };
}

async function before(
  faults: readonly Fault[],
  request: ServerRequest,
  clock: Clock,
  hands: FaultHands,
): Promise<ServerResponse | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'delay') await clock.sleep(fault.ms, { signal: request.signal });
    if (fault.kind === 'expire') await hands.expire(fault.what, request);
    if (fault.kind === 'forget') await hands.forget(fault.from, request);
    if (fault.kind === 'reset' && fault.at === undefined) throw new ConnectionBroken();
    if (fault.kind === 'status') return statusAnswer(fault, clock.now());
    if (fault.kind === 'resync')
      return statusAnswer(
        { kind: 'status', status: 410, code: 'resyncRequired', headers: { Location: afresh(request) } },
        clock.now(),
        fault.inner,
      );
  }
  return undefined;
}

/** The delta that was asked for, from its beginning: where a 410 sends the client. */
function afresh({ url }: ServerRequest): string {
  const plain = new URL(url);
  plain.searchParams.delete('token');
  plain.pathname = plain.pathname.replace(/\(token=[^)]*\)$/i, '');
  return plain.href;
}

/** The request as it reaches the server. */
function damaged(faults: readonly Fault[], request: ServerRequest): ServerRequest {
  const wrong = faults.filter((fault) => fault.kind === 'corrupt-request');
  if (wrong.length === 0) return request;
  return requestWith(request, { body: wrong.reduce((body, { at }) => corruptAt(body, at), request.body) });
}

/** Lets the server read as far as the plan says. Whatever it makes of the break, the client sees no answer. */
async function cutOff(
  faults: readonly Fault[],
  request: ServerRequest,
  handler: Handler,
): Promise<ServerResponse> {
  const cut = faults.find((fault) => fault.kind === 'reset-request');
  if (cut === undefined) return handler(request);
  const source = { broken: false };
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      yield* resetAfter(request.body, cut?.at ?? 0);
    } catch (error) {
      source.broken = true;
      throw error;
    }
  }
  const answer = await handler(requestWith(request, { body: body() }));
  if (source.broken) throw new ConnectionBroken();
  return answer;
}

function after(fault: Fault, answer: ServerResponse, request: ServerRequest, clock: Clock): ServerResponse {
  const { stream, length } = asStream(answer.body);
  const same = (changed: AsyncIterable<Uint8Array>): ServerResponse => ({
    ...answer,
    body: length === undefined ? { stream: changed } : { stream: changed, length },
  });
  switch (fault.kind) {
    case 'lose-answer':
      throw new ConnectionBroken();
    case 'empty-answer':
      return { ...answer, headers: withoutLength(answer.headers), body: '' };
    case 'reset':
      return same(resetAfter(stream, fault.at ?? 0));
    case 'truncate':
      return fault.length === 'wrong'
        ? same(resetAfter(stream, fault.at))
        : shortened(answer, stream, length, fault.at);
    case 'corrupt':
      return same(corruptAt(stream, fault.at));
    case 'stall':
      return same(stallAfter(stream, fault.at, request.signal));
    case 'bandwidth':
      return same(slowed(stream, fault.bytesPerSecond, clock, request.signal));
    case 'status':
    case 'delay':
    case 'reset-request':
    case 'corrupt-request':
    case 'expire':
    case 'forget':
    case 'resync':
      return answer;
  }
}

function shortened(
  answer: ServerResponse,
  stream: AsyncIterable<Uint8Array>,
  length: number | undefined,
  at: number,
): ServerResponse {
  const cut = firstBytes(stream, at);
  const headers = withoutLength(answer.headers);
  return {
    ...answer,
    headers,
    body: length === undefined ? { stream: cut } : { stream: cut, length: Math.min(at, length) },
  };
}

function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'),
  );
}
