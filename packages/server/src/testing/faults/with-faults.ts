/** Decorates a handler with a fault plan: decides which faults apply (pure), then injects them before, during and after the call. */
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

/** The faults that change the state of the server. */
export interface FaultActions {
  /** Expires the token, session or download URL of the request. */
  expire(what: 'token' | 'session' | 'download-url', request: ServerRequest): Promise<void>;
  /** Makes the upload session of the request lose its bytes from `from` on. */
  forget(from: number, request: ServerRequest): Promise<void>;
}

/** The active fault plan; it can be changed while the server runs. */
export interface FaultBoard {
  readonly plan: FaultPlan;
  readonly state: FaultState;
  /** Activates another plan and resets the counts. */
  set(plan: FaultPlan): void;
  /** Counts this request, and returns its faults. */
  next(request: ServerRequest): readonly Fault[];
  /** Kinds of the faults of this request; for the log. */
  struck(request: ServerRequest): readonly string[];
}

const noFaults: readonly never[] = [];

export function faultBoard(initial: FaultPlan = { rules: [] }): FaultBoard {
  let plan = initial;
  let state = initialFaultState(plan);
  const strikes = new WeakMap<ServerRequest, readonly string[]>();
  return {
    struck: (request) => strikes.get(request) ?? noFaults,
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
      if (plan.rules.length === 0) return noFaults;
      const decision = decideFaults(plan, state, subjectOf(request));
      state = decision.state;
      strikes.set(
        request,
        decision.faults.map(({ kind }) => kind),
      );
      return decision.faults;
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
 * The handler with the faults of the active plan. It throws {@link ConnectionBroken} to break a connection: the
 * listener must then close the connection without a response.
 */
export function withFaults(
  handler: Handler,
  board: FaultBoard,
  clock: Clock,
  actions: FaultActions,
): Handler {
  const injectFaults = async (request: ServerRequest, faults: readonly Fault[]): Promise<ServerResponse> => {
    const early = await beforeCall(faults, request, clock, actions);
    if (early !== undefined) return early;
    const response = await callWithCut(faults, withRequestFaults(faults, request), handler);
    return faults.reduce<ServerResponse>(
      (current, fault) => afterCall(fault, current, request, clock),
      response,
    );
  };
  return (request) => {
    const faults = board.next(request);
    return faults.length === 0 ? handler(request) : injectFaults(request, faults);
  };
}

async function beforeCall(
  faults: readonly Fault[],
  request: ServerRequest,
  clock: Clock,
  actions: FaultActions,
): Promise<ServerResponse | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'delay') await clock.sleep(fault.ms, { signal: request.signal });
    if (fault.kind === 'expire') await actions.expire(fault.what, request);
    if (fault.kind === 'forget') await actions.forget(fault.from, request);
    if (fault.kind === 'reset' && fault.at === undefined) throw new ConnectionBroken();
    if (fault.kind === 'status') return statusAnswer(fault, clock.now());
    if (fault.kind === 'resync')
      return statusAnswer(
        { kind: 'status', status: 410, code: 'resyncRequired', headers: { Location: restartUrl(request) } },
        clock.now(),
        fault.inner,
      );
  }
  return undefined;
}

/** The URL of the same delta without a token: where a 410 sends the client to restart. */
function restartUrl({ url }: ServerRequest): string {
  const plain = new URL(url);
  plain.searchParams.delete('token');
  plain.pathname = plain.pathname.replace(/\(token=[^)]*\)$/i, '');
  return plain.href;
}

/** The request with the faults of its body. */
function withRequestFaults(faults: readonly Fault[], request: ServerRequest): ServerRequest {
  const corruptions = faults.filter((fault) => fault.kind === 'corrupt-request');
  if (corruptions.length === 0) return request;
  return requestWith(request, {
    body: corruptions.reduce((body, { at }) => corruptAt(body, at), request.body),
  });
}

/** Cuts the request body off where the plan says. The client gets no response, however the handler reacts to the cut. */
async function callWithCut(
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
  const response = await handler(requestWith(request, { body: body() }));
  if (source.broken) throw new ConnectionBroken();
  return response;
}

function afterCall(
  fault: Fault,
  response: ServerResponse,
  request: ServerRequest,
  clock: Clock,
): ServerResponse {
  const { stream, length } = asStream(response.body);
  const withBody = (changed: AsyncIterable<Uint8Array>): ServerResponse => ({
    ...response,
    body: length === undefined ? { stream: changed } : { stream: changed, length },
  });
  switch (fault.kind) {
    case 'lose-answer':
      throw new ConnectionBroken();
    case 'empty-answer':
      return { ...response, headers: withoutLength(response.headers), body: '' };
    case 'reset':
      return withBody(resetAfter(stream, fault.at ?? 0));
    case 'truncate':
      return fault.length === 'wrong'
        ? withBody(resetAfter(stream, fault.at))
        : truncated(response, stream, length, fault.at);
    case 'corrupt':
      return withBody(corruptAt(stream, fault.at));
    case 'stall':
      return withBody(stallAfter(stream, fault.at, request.signal));
    case 'bandwidth':
      return withBody(slowed(stream, fault.bytesPerSecond, clock, request.signal));
    case 'status':
    case 'delay':
    case 'reset-request':
    case 'corrupt-request':
    case 'expire':
    case 'forget':
    case 'resync':
      return response;
  }
}

function truncated(
  response: ServerResponse,
  stream: AsyncIterable<Uint8Array>,
  length: number | undefined,
  at: number,
): ServerResponse {
  const cut = firstBytes(stream, at);
  const headers = withoutLength(response.headers);
  return {
    ...response,
    headers,
    body: length === undefined ? { stream: cut } : { stream: cut, length: Math.min(at, length) },
  };
}

function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'),
  );
}
