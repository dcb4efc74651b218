/**
 * The body of a Node response as an async iterable, without the overhead of Node's own stream iterator:
 * chunks pass as they arrive from the socket, at most about 1 MiB is buffered, and a truncated body is an
 * error and never a short body.
 */
import type { IncomingMessage } from 'node:http';
import { networkError, networkFailure } from '../network-error.ts';

/** Reading from the socket pauses when this many bytes are unread. */
const highWater = 1 << 20;

export interface IncomingBody extends AsyncIterable<Uint8Array> {
  /** True while the reader makes the connection wait: then silence is not the server's fault. */
  paused(): boolean;
  /** Ends the body with an error, at once. */
  fail(error: unknown): void;
}

interface Arrivals {
  readonly queue: Uint8Array[];
  queued: number;
  ended: { readonly error?: unknown } | undefined;
  wake: (() => void) | undefined;
}

/**
 * Takes ownership of `message`.
 * @param url of the request, for error messages.
 * @param onEnd called once when the body has ended or failed.
 */
export function incomingBody(message: IncomingMessage, url: string, onEnd: () => void): IncomingBody {
  const state: Arrivals = { queue: [], queued: 0, ended: undefined, wake: undefined };
  const finish = (how: { readonly error?: unknown }) => {
    if (state.ended) return;
    state.ended = how;
    onEnd();
    state.wake?.();
  };
  message.on('data', (chunk: Uint8Array) => {
    state.queue.push(chunk);
    state.queued += chunk.byteLength;
    if (state.queued >= highWater) message.pause();
    state.wake?.();
  });
  message.on('end', () => finish(message.complete ? {} : { error: truncated(message, url) }));
  message.on('error', (error) => finish({ error: brokenOff(message, url, error) }));
  message.on('close', () => finish({ error: truncated(message, url) }));
  const iterator = reader(message, state);
  return {
    [Symbol.asyncIterator]: () => iterator,
    paused: () => message.isPaused(),
    fail: (error) => finish({ error }),
  };
}

function reader(message: IncomingMessage, state: Arrivals): AsyncIterator<Uint8Array, undefined> {
  const over = { done: true, value: undefined } as const;
  return {
    async next() {
      for (;;) {
        const chunk = state.queue.shift();
        if (chunk) return taken(message, state, chunk);
        if (state.ended) {
          const { error } = state.ended;
          state.ended = {};
          if (error !== undefined) throw error;
          return over;
        }
        await new Promise<void>((resolve) => (state.wake = resolve));
      }
    },
    async return() {
      state.queue.length = 0;
      if (!state.ended) message.destroy();
      return over;
    },
  };
}

function taken(message: IncomingMessage, state: Arrivals, chunk: Uint8Array) {
  state.queued -= chunk.byteLength;
  if (state.queued < highWater / 2 && message.isPaused()) message.resume();
  return { done: false, value: chunk } as const;
}

/** Node reports a connection that closed early as `aborted`; other errors are returned unchanged. */
function brokenOff(message: IncomingMessage, url: string, error: Error): unknown {
  return error.message === 'aborted' ? truncated(message, url) : networkError(url, error);
}

function truncated(message: IncomingMessage, url: string): Error {
  const promised = message.headers['content-length'];
  return networkFailure(
    url,
    'ETRUNCATED',
    `the body ended before its ${promised ? `${promised} bytes` : 'last chunk'}`,
  );
}
