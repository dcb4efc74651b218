/** What a request carries, made from bytes, text, JSON, a form or a stream. The Content-Type header is the caller's. */
import type { HttpBody } from './transport.ts';

/** Bytes that are in memory. They must not change until the request has been answered. */
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
 * @param length in bytes; undefined sends chunked.
 * @param replayable whether `open` may be called again: false for stdin and other one-way sources.
 */
export function streamBody(
  open: () => AsyncIterable<Uint8Array>,
  length: number | undefined,
  replayable: boolean,
): HttpBody {
  return { length, replayable, open };
}

/** A body of no bytes, where a method needs Content-Length: 0. */
export const emptyBody: HttpBody = bytesBody(new Uint8Array(0));
