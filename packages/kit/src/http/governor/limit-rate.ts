/**
 * Limits the bytes per second of all requests together, in both directions or in each one: for a line that
 * others use too.
 */
import type { Clock } from '../../platform/index.ts';
import type { HttpBody, TransportDecorator } from '../transport.ts';

/** An allowance that is shared by every transport that is created with it. */
export interface RateAllowance {
  /** Waits until this many bytes may be transferred. Throws `signal.reason` when aborted. */
  take(bytes: number, signal: AbortSignal | undefined): Promise<void>;
}

/**
 * An allowance of bytes that refills over time.
 * @param bytesPerSecond above 0.
 */
export function rateAllowance(clock: Clock, bytesPerSecond: number): RateAllowance {
  // The time when all bytes taken so far are paid for; the next caller waits until then.
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    async take(bytes, signal) {
      const now = clock.now();
      freeAt = Math.max(freeAt, now) + (bytes / bytesPerSecond) * 1000;
      if (freeAt - now >= 1) await clock.sleep(freeAt - now, { signal });
    },
  };
}

/**
 * The allowances of request and response bytes: the same one twice, two, or undefined for a direction without
 * a limit.
 */
export interface WayAllowances {
  /** Bytes that are sent. */
  readonly up?: RateAllowance | undefined;
  /** Bytes that are received. */
  readonly down?: RateAllowance | undefined;
}

/**
 * Wraps the innermost transport, so that waiting here does not count as silence of the service. A direction
 * without an allowance is not limited.
 */
export function limitRate({ up, down }: WayAllowances): TransportDecorator {
  if (up === undefined && down === undefined) return (inner) => inner;
  return (inner) => async (request) => {
    const { body, signal } = request;
    const sent =
      body === undefined || up === undefined ? request : { ...request, body: slowed(body, up, signal) };
    const response = await inner(sent);
    return down === undefined ? response : { ...response, body: paced(response.body, down, signal) };
  };
}

/** At most this many bytes pass at once, so that a low rate is even. */
const piece = 64 << 10;

function slowed(body: HttpBody, allowance: RateAllowance, signal: AbortSignal | undefined): HttpBody {
  return { ...body, open: () => paced(body.open(), allowance, signal) };
}

async function* paced(
  chunks: AsyncIterable<Uint8Array>,
  allowance: RateAllowance,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; at += piece) {
      const part = chunk.subarray(at, at + piece);
      await allowance.take(part.byteLength, signal);
      yield part;
    }
  }
}
