/**
 * Abandons responses that arrive too slowly: a JSON response of one byte now and then never triggers a
 * silence timeout and would take days. Content is not limited: a slow connection may take as long as it
 * needs.
 */
import type { Clock } from '../platform/index.ts';
import { networkFailure } from './network-error.ts';
import type { HttpRequest, HttpResponse, TransportDecorator } from './transport.ts';

/** The minimum speed of a response. */
export interface SteadyAnswerOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Milliseconds of waiting for bytes that any response may take. Default: 60 000. */
  readonly graceMs?: number | undefined;
  /** Bytes per second required beyond that. Default: 1000. */
  readonly minBytesPerSecond?: number | undefined;
}

/**
 * A single wait for a chunk is counted up to this limit: a clock that is set forward must not end a healthy
 * response.
 */
const longestGapMs = 30_000;

/**
 * Only the time spent waiting for the service is counted, not that of a slow reader.
 * @throws OneDriveError `network` from the iteration of a body that is too slow.
 */
export function steadyAnswer(options: SteadyAnswerOptions): TransportDecorator {
  return (inner) => async (request) => {
    const response = await inner(request);
    const isJson = /\bjson\b/i.test(response.headers['content-type'] ?? '');
    if (request.transient === true || !isJson) return response;
    return { ...response, body: steadyBody(request, response, options) };
  };
}

async function* steadyBody(
  { url }: HttpRequest,
  { body }: HttpResponse,
  { clock, graceMs = 60_000, minBytesPerSecond = 1000 }: SteadyAnswerOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waitedMs = 0;
  let size = 0;
  let from = clock.now();
  for await (const chunk of body) {
    waitedMs += Math.min(longestGapMs, Math.max(0, clock.now() - from));
    size += chunk.byteLength;
    if (waitedMs > graceMs + (size * 1000) / minBytesPerSecond)
      throw networkFailure(url, 'ETRICKLE', `${String(size)} bytes in ${String(waitedMs)} ms`);
    yield chunk;
    from = clock.now();
  }
}
