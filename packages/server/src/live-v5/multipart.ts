/**
 * Reads the first part of a `multipart/form-data` body as a stream: Live v5.0 accepts one file per request in this form.
 * Format: RFC 7578; the form that Microsoft documents is in MSDN dn659726, "Upload and download files".
 */
import { joinBytes } from '../core/join-bytes.ts';
import { refusals } from './live-refusal.ts';

export interface FirstPart {
  /** Undefined if the part has no file name. */
  readonly filename: string | undefined;
  readonly type: string | undefined;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
}

/** The boundary in a content type; undefined if it is not multipart/form-data. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /^\s*multipart\/form-data\s*;.*?boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/is.exec(
    contentType ?? '',
  );
  return match?.[1] ?? match?.[2];
}

const headerLimit = 16 * 1024;

/** Opens a body. @throws LiveRefusal 400 if it is not a multipart body with that boundary. */
export async function firstPart(body: AsyncIterable<Uint8Array>, boundary: string): Promise<FirstPart> {
  const source = body[Symbol.asyncIterator]();
  const opening = bytesOf(`--${boundary}`);
  let buffer: Uint8Array = new Uint8Array(0);
  const more = async (): Promise<boolean> => {
    const next = await source.next();
    if (next.done) return false;
    buffer = joinBytes([buffer, next.value]);
    return true;
  };
  const headerEnd = bytesOf('\r\n\r\n');
  for (;;) {
    const start = indexOf(buffer, opening, 0);
    const end = start === -1 ? -1 : indexOf(buffer, headerEnd, start + opening.length);
    if (end !== -1) {
      const headers = new TextDecoder().decode(buffer.subarray(start + opening.length, end));
      const rest = buffer.subarray(end + headerEnd.length);
      return { ...describe(headers), content: contentOf(source, rest, bytesOf(`\r\n--${boundary}`)) };
    }
    if (buffer.length > headerLimit) throw refusals.bodyInvalid('the headers of its first part have no end');
    if (!(await more()))
      throw refusals.bodyInvalid('it is not a multipart body with the boundary in the Content-Type');
  }
}

function describe(headers: string): Pick<FirstPart, 'filename' | 'type'> {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1];
  const filename =
    extended === undefined ? (plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]) : decoded(extended);
  return { filename, type };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The bytes up to the closing boundary. @throws LiveRefusal 400 if it is missing: the body was cut off. */
async function* contentOf(
  source: AsyncIterator<Uint8Array>,
  first: Uint8Array,
  closing: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  let buffer = first;
  for (;;) {
    const end = indexOf(buffer, closing, 0);
    if (end !== -1) {
      if (end > 0) yield buffer.subarray(0, end);
      // The remaining parts are read to the end, so that the connection can be reused.
      while (!(await source.next()).done);
      return;
    }
    const safe = buffer.length - closing.length;
    if (safe > 0) {
      yield buffer.subarray(0, safe);
      buffer = buffer.subarray(safe);
    }
    const next = await source.next();
    if (next.done) throw refusals.bodyInvalid('its part has no end');
    buffer = joinBytes([buffer, next.value]);
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The index of `pattern` in `bytes`, starting at `from`; -1 if it is not found. */
function indexOf(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  const head = pattern[0] ?? 0;
  for (let at = bytes.indexOf(head, from); at !== -1; at = bytes.indexOf(head, at + 1)) {
    if (at + pattern.length > bytes.length) return -1;
    let same = 1;
    while (same < pattern.length && bytes[at + same] === pattern[same]) same++;
    if (same === pattern.length) return at;
  }
  return -1;
}
