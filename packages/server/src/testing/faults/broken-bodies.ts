/** Bodies that go wrong on purpose: streams over streams, cut, slowed, stalled or with a byte turned round. */
import type { Clock } from 'onedrive-kit/platform';
import type { ServerBody } from '../../core/http.ts';

/** Thrown through a body or a handler to break the connection. It is a fault that was ordered, not a defect. */
export class ConnectionBroken extends Error {
  constructor() {
    super('The fault plan broke this connection.');
    this.name = 'ConnectionBroken';
  }
}

/** Any body as a stream, with its length in bytes where that is known. */
export function asStream(body: ServerBody | undefined): {
  readonly stream: AsyncIterable<Uint8Array>;
  readonly length: number | undefined;
} {
  if (body === undefined) return { stream: single(new Uint8Array(0)), length: 0 };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes instanceof Uint8Array) return { stream: single(bytes), length: bytes.byteLength };
  return { stream: bytes.stream, length: bytes.length };
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

/** The first `limit` bytes, then the end; `limit` past the end changes nothing. */
export async function* firstBytes(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let left = limit;
  if (left <= 0) return;
  for await (const chunk of stream) {
    yield chunk.subarray(0, left);
    left -= chunk.byteLength;
    if (left <= 0) return;
  }
}

/** The first `limit` bytes, then a broken connection. */
export async function* resetAfter(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  yield* firstBytes(stream, limit);
  throw new ConnectionBroken();
}

/** The first `limit` bytes, then silence until the client goes away. */
export async function* stallAfter(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  yield* firstBytes(stream, limit);
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  throw new ConnectionBroken();
}

/** The same bytes, but for the one at `at`, inverted. */
export async function* corruptAt(stream: AsyncIterable<Uint8Array>, at: number): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const chunk of stream) {
    const inside = at - position;
    position += chunk.byteLength;
    if (inside < 0 || inside >= chunk.byteLength) {
      yield chunk;
      continue;
    }
    const copy = chunk.slice();
    copy[inside] = (copy[inside] ?? 0) ^ 0xff;
    yield copy;
  }
}

/** The same bytes, no faster than `bytesPerSecond`. */
export async function* slowed(
  stream: AsyncIterable<Uint8Array>,
  bytesPerSecond: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const step = Math.max(1, Math.ceil(bytesPerSecond / 10));
  for await (const chunk of stream) {
    for (let from = 0; from < chunk.byteLength; from += step) {
      const part = chunk.subarray(from, from + step);
      await clock.sleep((part.byteLength / bytesPerSecond) * 1000, { signal });
      yield part;
    }
  }
}
