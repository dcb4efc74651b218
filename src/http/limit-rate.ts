/** Holds the bytes of all requests together, both ways, to a rate: for a line that others use too. */
import type { Clock } from '../platform/index.ts';
import type { HttpBody, TransportDecorator } from './transport.ts';

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

/** Below everything else, so that waiting here is silence to nobody. */
export function limitRate(allowance: RateAllowance): TransportDecorator {
  return (inner) => async (request) => {
    const { body, signal } = request;
    const response = await inner(
      body === undefined ? request : { ...request, body: slowed(body, allowance, signal) },
    );
    return { ...response, body: paced(response.body, allowance, signal) };
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
