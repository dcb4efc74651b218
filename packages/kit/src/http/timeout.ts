/**
 * Gives up on a silent service: for transports without timeouts of their own (fetch, in-memory), and for a
 * stricter limit than theirs. Silence is limited, not duration: an upload that makes progress may take hours.
 */
import { followingAbort } from '../platform/following-abort.ts';
import type { Clock } from '../platform/index.ts';
import { networkFailure } from './network-error.ts';
import type { HttpBody, HttpRequest, TransportDecorator } from './transport.ts';

/** The silence timeout. */
export interface TimeoutOptions {
  readonly clock: Clock;
  /**
   * Milliseconds for which the other side may be silent: no byte of the request body taken, no response head,
   * no byte of the response body.
   */
  readonly silenceMs: number;
}

/** @throws OneDriveError `network` after `silenceMs` of silence, from the call or from the iteration of the body. */
export function timeout({ clock, silenceMs }: TimeoutOptions): TransportDecorator {
  return (inner) => async (request) => {
    const watch = silenceWatch(clock, silenceMs, request);
    try {
      watch.wait();
      const body = request.body && watchedBody(request.body, watch);
      const response = await watch.orSilence(inner({ ...request, body, signal: watch.signal }));
      watch.excuse();
      return { ...response, body: watchedAnswer(response.body, watch) };
    } catch (error) {
      watch.end();
      throw watch.reason(error);
    }
  };
}

type Watch = ReturnType<typeof silenceWatch>;

/**
 * The reason with which timers are aborted; without it, the platform creates an exception for each request.
 */
const ended = 'ended';

/**
 * One timer per request that checks at intervals how long the wait has lasted, instead of one timer per
 * chunk.
 */
function silenceWatch(clock: Clock, silenceMs: number, request: HttpRequest) {
  let since: number | undefined;
  const stop = followingAbort(request.signal);
  const over = new AbortController();
  const look = async () => {
    for (let ms = silenceMs; ; ms = Math.max(1, (since ?? clock.now()) + silenceMs - clock.now())) {
      await clock.sleep(ms, { signal: over.signal });
      if (since === undefined || clock.now() - since < silenceMs) continue;
      stop.abort(networkFailure(request.url, 'EIDLETIMEOUT', `silent for ${silenceMs} ms`));
      return;
    }
  };
  look().catch(() => undefined); // ended
  return {
    signal: stop.signal,
    wait: () => void (since = clock.now()),
    excuse: () => void (since = undefined),
    end: () => {
      over.abort(ended);
      stop.leave();
    },
    reason: (error: unknown): unknown => (stop.signal.aborted ? stop.signal.reason : error),
    /** Some transports settle late or never after an abort; this does not wait for them. */
    orSilence: <T>(work: Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        const onStop = () => reject(stop.signal.reason);
        stop.signal.addEventListener('abort', onStop, { once: true });
        work.then(resolve, reject).finally(() => stop.signal.removeEventListener('abort', onStop));
      }),
  };
}

function watchedBody(body: HttpBody, watch: Watch): HttpBody {
  return {
    ...body,
    async *open() {
      watch.excuse(); // the source is slow now
      for await (const chunk of body.open()) {
        watch.wait();
        yield chunk;
        watch.excuse();
      }
      watch.wait();
    },
  };
}

function watchedAnswer(body: AsyncIterable<Uint8Array>, watch: Watch): AsyncIterable<Uint8Array> {
  const inner = body[Symbol.asyncIterator]();
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      watch.wait();
      try {
        const step = await watch.orSilence(inner.next());
        watch.excuse();
        if (!step.done) return { done: false, value: step.value };
        watch.end();
        return { done: true, value: undefined };
      } catch (error) {
        watch.end();
        throw watch.reason(error);
      }
    },
    async return() {
      watch.end();
      await inner.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
