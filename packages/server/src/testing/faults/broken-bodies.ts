/** Streams with deliberate faults: cut off, slow, stalled, or with an inverted byte. */
import type { Clock } from 'onedrive-kit/platform';
import type { ServerBody } from '../../core/http.ts';

/** Thrown by a body or a handler to break the connection. An injected fault, not a defect. */
export class ConnectionBroken extends Error {
  constructor() {
    super('The fault plan broke this connection.');
    this.name = 'ConnectionBroken';
  }
}

/** Any body as a stream, with its length in bytes if known. */
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

/** The first `limit` bytes; the whole stream if it is shorter. */
export async function* firstBytes(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let remaining = limit;
  if (remaining <= 0) return;
  for await (const chunk of stream) {
    yield chunk.subarray(0, remaining);
    remaining -= chunk.byteLength;
    if (remaining <= 0) return;
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

/** The first `limit` bytes, then nothing until the client disconnects. */
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

/** The same bytes, with the one at `at` inverted. */
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

/** The same bytes at no more than `bytesPerSecond`. */
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
