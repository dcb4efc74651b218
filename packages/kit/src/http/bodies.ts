/**
 * Creates request bodies from bytes, text, JSON, a form or a stream. The caller sets the Content-Type header.
 */
import type { HttpBody } from './transport.ts';

/** Bytes in memory. They must not change until the response has arrived. */
export function bytesBody(bytes: Uint8Array): HttpBody {
  return {
    length: bytes.byteLength,
    replayable: true,
    async *open() {
      if (bytes.byteLength > 0) yield bytes;
    },
  };
}

/** Text as UTF-8. */
export function textBody(text: string): HttpBody {
  return bytesBody(new TextEncoder().encode(text));
}

/** A value as JSON (`application/json`). */
export function jsonBody(value: unknown): HttpBody {
  return textBody(JSON.stringify(value));
}

/** Names and values as a form (`application/x-www-form-urlencoded`). */
export function formBody(fields: Readonly<Record<string, string>>): HttpBody {
  return textBody(new URLSearchParams(fields).toString());
}

/**
 * A body that is read while it is sent.
 * @param open starts reading from the beginning; called once per attempt.
 * @param length in bytes; if undefined, the body is sent chunked.
 * @param replayable whether `open` may be called again: false for stdin and other one-way sources.
 */
export function streamBody(
  open: () => AsyncIterable<Uint8Array>,
  length: number | undefined,
  replayable: boolean,
): HttpBody {
  return { length, replayable, open };
}

/** An empty body, for methods that need Content-Length: 0. */
export const emptyBody: HttpBody = bytesBody(new Uint8Array(0));
