/**
 * Parses a `multipart/related` body (RFC 2387) of a few megabytes, read as a whole: metadata and content of a new file.
 * https://learn.microsoft.com/onedrive/developer/rest-api/api/driveitem_post_content
 */
import { invalidRequest } from '../service-error.ts';

export interface RelatedPart {
  /** `Content-ID` without its angle brackets. */
  readonly id: string;
  readonly type: string | undefined;
  readonly bytes: Uint8Array;
}

/** The boundary in a content type. @throws ServiceError 400 if it is missing. */
export function relatedBoundary(contentType: string): string {
  const match = /^\s*multipart\/related\s*;.*?boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/is.exec(
    contentType,
  );
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined)
    throw invalidRequest('A multipart upload needs the type multipart/related and a boundary.');
  return boundary;
}

/** The parts of a body. @throws ServiceError 400 if the closing boundary is missing. */
export function relatedParts(body: Uint8Array, boundary: string): readonly RelatedPart[] {
  const marker = new TextEncoder().encode(`--${boundary}`);
  const parts: RelatedPart[] = [];
  let at = indexOf(body, marker, 0);
  for (;;) {
    if (at === -1) throw invalidRequest('The multipart body has no end.');
    const start = at + marker.length;
    if (body[start] === dash && body[start + 1] === dash) return parts;
    at = indexOf(body, marker, start);
    if (at !== -1) parts.push(readPart(body.subarray(start, at)));
  }
}

const dash = 0x2d;

/** A part is header lines, an empty line and bytes; the line break before the next boundary is not part of the bytes. */
function readPart(part: Uint8Array): RelatedPart {
  const crlf = indexOf(part, new TextEncoder().encode('\r\n\r\n'), 0);
  const lf = indexOf(part, new TextEncoder().encode('\n\n'), 0);
  const strict = crlf !== -1 && (lf === -1 || crlf < lf);
  const end = strict ? crlf : lf;
  if (end === -1) throw invalidRequest('A part of the multipart body has no headers.');
  const headers = new TextDecoder().decode(part.subarray(0, end));
  const id = /^content-id:\s*<?([^>\r\n]*)>?/im.exec(headers)?.[1]?.trim() ?? '';
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1];
  const width = strict ? 2 : 1;
  return { id, type, bytes: part.subarray(end + 2 * width, part.length - width) };
}

/** The index of `pattern` in `bytes`, starting at `from`; -1 if it is not found. */
function indexOf(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  const head = pattern[0] ?? 0;
  for (let at = bytes.indexOf(head, from); at !== -1; at = bytes.indexOf(head, at + 1)) {
    let same = 1;
    while (same < pattern.length && bytes[at + same] === pattern[same]) same++;
    if (same === pattern.length) return at;
  }
  return -1;
}
