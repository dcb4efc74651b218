/** A network that misbehaves as a transcript asks: it stands between the command line and the embedded server. */

import { OneDriveError } from '../../packages/kit/src/errors/index.ts';
import { discard } from '../../packages/kit/src/http/read.ts';
import type { HttpResponse, Transport, TransportDecorator } from '../../packages/kit/src/http/transport.ts';

export interface Fault {
  readonly kind: string;
  /** From which request of a command on, counted from 1. */
  readonly nth: number;
  /** How many requests it strikes. */
  readonly times: number;
}

type Answer = (real: HttpResponse) => HttpResponse | Promise<HttpResponse>;

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const answer = (status: number, headers: Record<string, string>, text: string): Answer => {
  return async (real) => {
    await discard(real);
    return { status, headers, body: bytes(text) };
  };
};

const errorBody = (code: string): string =>
  JSON.stringify({ error: { code, message: `${code} says the service.` } });

const json = { 'content-type': 'application/json' };

const answers: Readonly<Record<string, Answer>> = {
  html: answer(200, { 'content-type': 'text/html' }, '<!DOCTYPE html><title>Hotel Wi-Fi</title>'),
  empty: answer(200, json, ''),
  truncated: (real) => ({ ...real, body: firstHalf(real.body) }),
  '500': answer(500, json, errorBody('generalException')),
  '503': answer(503, { ...json, 'retry-after': '1' }, errorBody('serviceNotAvailable')),
  '429': answer(429, { ...json, 'retry-after': '1' }, errorBody('activityLimitReached')),
  '429-9': answer(429, { ...json, 'retry-after': '9' }, errorBody('activityLimitReached')),
  '429-hour': answer(429, { ...json, 'retry-after': '3600' }, errorBody('activityLimitReached')),
  '503-hour': answer(503, { ...json, 'retry-after': '3600' }, errorBody('serviceNotAvailable')),
  '429-long': answer(429, { ...json, 'retry-after': '86400' }, errorBody('activityLimitReached')),
  '401': answer(401, json, errorBody('InvalidAuthenticationToken')),
  '507': answer(507, json, errorBody('quotaLimitReached')),
  '423': answer(423, json, errorBody('resourceLocked')),
  '403': answer(403, json, errorBody('accessDenied')),
  corrupt: (real) => ({ ...real, body: flipped(real.body) }),
};

async function* firstHalf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    yield chunk.subarray(0, chunk.length >> 1);
    throw new OneDriveError('network', 'The connection broke in the middle of the answer.');
  }
}

/** One bit of the first byte: a change to every byte can cancel itself out in a hash made of XOR. */
async function* flipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of body) {
    yield first ? chunk.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) : chunk;
    first = false;
  }
}

/** Decorates the transport of one command. `interrupt` is what Ctrl-C does. */
export function faultyNetwork(fault: Fault | undefined, interrupt: () => void): TransportDecorator {
  let count = 0;
  return (inner: Transport) => async (request) => {
    count++;
    if (fault === undefined || count < fault.nth || count >= fault.nth + fault.times) return inner(request);
    if (fault.kind === 'down') {
      throw new OneDriveError(
        'network',
        `${new URL(request.url).host} cannot be reached: connection refused.`,
      );
    }
    if (fault.kind === 'ctrl-c') {
      interrupt();
      request.signal?.throwIfAborted();
    }
    const act = answers[fault.kind];
    return act === undefined ? inner(request) : act(await inner(request));
  };
}
