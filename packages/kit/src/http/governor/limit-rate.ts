/** Holds the bytes of all requests together to a rate, both ways as one or each on its own: for a line that others use too. */
import type { Clock } from '../../platform/index.ts';
import type { HttpBody, TransportDecorator } from '../transport.ts';

/** One allowance for every transport that is made with it. */
export interface RateAllowance {
  /** Waits until so many bytes may go. Throws `signal.reason` when aborted. */
  take(bytes: number, signal: AbortSignal | undefined): Promise<void>;
}

/**
 * An allowance of bytes that fills as time goes by.
 * @param bytesPerSecond above 0.
 */
export function rateAllowance(clock: Clock, bytesPerSecond: number): RateAllowance {
  // When the bytes taken so far will all have gone; whoever comes next waits for those before.
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    async take(bytes, signal) {
      const now = clock.now();
      freeAt = Math.max(freeAt, now) + (bytes / bytesPerSecond) * 1000;
      if (freeAt - now >= 1) await clock.sleep(freeAt - now, { signal });
    },
  };
}

/** Whom the bytes of requests and of answers wait for: one allowance twice, two, or none for a way that is free. */
export interface WayAllowances {
  /** Bytes that are sent. */
  readonly up?: RateAllowance | undefined;
  /** Bytes that come. */
  readonly down?: RateAllowance | undefined;
}

/** Below everything else, so that waiting here is silence to nobody. A way without an allowance is left as it is. */
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

/** Pieces of at most this many bytes go at once, so that a slow rate is even. */
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
