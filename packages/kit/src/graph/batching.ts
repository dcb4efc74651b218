/**
 * Combines the calls of several tasks into one request. Each task joins; its calls wait until every task that
 * joined is waiting or away, and are then sent together, {@link largestBatch} in a `$batch`. The endpoint
 * functions need no change: they receive a client. Source: https://learn.microsoft.com/graph/json-batching
 */
import { GraphError } from '../errors/index.ts';
import { attempts } from '../http/attempts.ts';
import { isIdempotent, isRepeatableStatus, isThrottled, mayBeDone } from '../http/governor/retry-policy.ts';
import { readText } from '../http/read.ts';
import type { HeaderMap, HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import type { GraphClient } from './client.ts';
import { type BatchAnswer, type BatchCall, largestBatch, sendBatch } from './endpoints/batch.ts';

/** A client whose calls are combined, and the registration of its users. */
export interface Batching {
  readonly client: GraphClient;
  /** Runs a task that uses the client. The others wait for it unless it is waiting or away. */
  readonly join: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs a part of a task that does not use the client: a wait, or a request of another kind. */
  readonly away: <T>(part: () => Promise<T>) => Promise<T>;
}

interface Waiting {
  readonly request: HttpRequest;
  readonly call: BatchCall;
  readonly answer: (answer: HttpResponse | Promise<HttpResponse>) => void;
}

/** JSON of more bytes than this is sent alone: a batch has its own size limit. */
const largestMember = 64 << 10;

/**
 * A call that was throttled, not started because of another one, or has an unknown outcome and may be
 * repeated. It is sent again alone, and the transport waits as the service requests.
 */
function isWorthRepeating({ status, headers }: BatchAnswer, request: HttpRequest): boolean {
  if (status === 424 || isThrottled(status, headers)) return true;
  return isIdempotent(request) && isRepeatableStatus(status);
}

/** Combines the calls of `client` into batches. */
export function batching(client: GraphClient): Batching {
  let joined = 0;
  let gone = 0;
  let queue: Waiting[] = [];
  const settle = () => {
    if (queue.length === 0 || queue.length + gone < joined) return;
    const together = queue;
    queue = [];
    for (let at = 0; at < together.length; at += largestBatch)
      void sendTogether(client, together.slice(at, at + largestBatch), alone);
  };
  const alone = ({ request, answer }: Waiting) => answer(away(() => client.transport(request)));
  async function away<T>(part: () => Promise<T>): Promise<T> {
    gone++;
    settle();
    try {
      return await part();
    } finally {
      gone--;
    }
  }
  const transport: Transport = async (request) => {
    const call = await callOf(client, request);
    if (call === undefined) return away(() => client.transport(request));
    request.signal?.throwIfAborted();
    return new Promise<HttpResponse>((answer) => {
      queue.push({ request, call, answer });
      settle();
    });
  };
  return {
    client: { ...client, transport, plain: (request) => away(() => client.plain(request)) },
    async join(work) {
      joined++;
      try {
        return await work();
      } finally {
        joined--;
        settle();
      }
    },
    away,
  };
}

/** Converts a request to a call of a batch; undefined if it has to be sent alone. */
async function callOf(client: GraphClient, request: HttpRequest): Promise<BatchCall | undefined> {
  const { method, url, headers, body } = request;
  if (!url.startsWith(`${client.baseUrl}/`) || /\/content(\?|$)/.test(url)) return undefined;
  const type = headers['content-type'];
  const call = {
    method,
    url: url.slice(client.baseUrl.length),
    headers: without(headers, 'accept', 'content-type'),
  };
  if (body === undefined || body.length === 0) return call;
  const small = body.length !== undefined && body.length <= largestMember && body.replayable;
  if (!small || type !== 'application/json') return undefined;
  return {
    ...call,
    body: JSON.parse(await readText({ status: 200, headers, body: body.open() })) as unknown,
  };
}

function without(headers: HeaderMap, ...names: readonly string[]): HeaderMap {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

async function sendTogether(
  client: GraphClient,
  all: readonly Waiting[],
  alone: (one: Waiting) => void,
): Promise<void> {
  const [first] = all;
  if (first === undefined) return;
  if (all.length === 1) {
    alone(first);
    return;
  }
  const { members, places } = unrepeated(all);
  const idempotent = all.every(({ request }) => isIdempotent(request));
  try {
    const memory = attempts();
    const { signal } = first.request;
    const answers = await sendBatch(client, members, { signal, idempotent, attempts: memory });
    for (const [at, one] of all.entries()) {
      const answer = answers[places[at] ?? 0];
      const status = answer?.status ?? 0;
      if (memory.unclear || mayBeDone({ kind: 'response', status, headers: {} }))
        one.request.onUnclear?.(() => memory.sinceFirst() ?? 0);
      if (answer === undefined || isWorthRepeating(answer, one.request)) alone(one);
      else one.answer(responseOf(answer));
    }
  } catch (error) {
    // If the service refused the batch, no call was started; otherwise it is unknown how far it got.
    const refused = error instanceof GraphError && !isUnclear(error);
    for (const one of all) {
      if (!refused) one.request.onUnclear?.(() => 0);
      // The transport has already repeated a batch whose calls may all be repeated.
      if (refused || (!idempotent && isIdempotent(one.request))) alone(one);
      else one.answer(Promise.reject(error));
    }
  }
}

/** Returns whether a batch with this error may have been carried out in part. */
function isUnclear({ status, retryAfterMs }: GraphError): boolean {
  return retryAfterMs === undefined && mayBeDone({ kind: 'response', status, headers: {} });
}

/** Sends equal requests once. */
function unrepeated(all: readonly Waiting[]): {
  readonly members: readonly BatchCall[];
  readonly places: readonly number[];
} {
  const members: BatchCall[] = [];
  const known = new Map<string, number>();
  const places = all.map(({ call }) => {
    const key = call.method === 'GET' ? JSON.stringify([call.url, call.headers]) : undefined;
    const place = (key === undefined ? undefined : known.get(key)) ?? members.push(call) - 1;
    if (key !== undefined) known.set(key, place);
    return place;
  });
  return { members, places };
}

function responseOf({ status, headers, body }: BatchAnswer): HttpResponse {
  const bytes =
    body === undefined || body === null ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(body));
  async function* content() {
    if (bytes.byteLength > 0) yield bytes;
  }
  return { status, headers: without(headers, 'content-length'), body: content() };
}
