/**
 * Parses the head of an HTTP/1.1 response. Strict and small: it refuses anything unusual, and `node:http`
 * then sends the request instead. Pure. Source: RFC 9112, sections 4 to 6.
 */

/** How the body ends. `other`: chunked, or at the end of the connection; only `node:http` handles these. */
export type Framing = { readonly kind: 'length'; readonly length: number } | { readonly kind: 'other' };

export interface ResponseHead {
  readonly status: number;
  /** Names in lower case; repeated headers are joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly framing: Framing;
  /** Whether another request may follow on this connection. */
  readonly keepAlive: boolean;
}

/** A head of more bytes than this is refused. */
export const longestHead = 64 << 10;

/** Returns the position after the empty line that ends the head; undefined if it has not arrived. */
export function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(13); at >= 0 && at + 3 < bytes.length; at = bytes.indexOf(13, at + 1)) {
    if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  }
  return undefined;
}

/**
 * Parses a head.
 * @param bytes up to and including the empty line.
 * @returns undefined for anything unusual.
 */
export function parseHead(bytes: Uint8Array, method: string): ResponseHead | undefined {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .split('\r\n');
  const match = /^HTTP\/1\.1 (\d{3})(?: .*)?$/.exec(lines[0] ?? '');
  const status = Number(match?.[1]);
  if (match === null || status < 200) return undefined;
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of lines.slice(1, -2)) {
    const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (field === null) return undefined;
    const [, name = '', value = ''] = field;
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  const keepAlive = !/\bclose\b/i.test(headers['connection'] ?? '');
  return { status, headers, framing: framingOf(status, headers, method), keepAlive };
}

function framingOf(status: number, headers: Readonly<Record<string, string>>, method: string): Framing {
  if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'length', length: 0 };
  const length = headers['content-length'];
  const plain =
    headers['transfer-encoding'] === undefined && length !== undefined && /^\d{1,15}$/.test(length);
  return plain ? { kind: 'length', length: Number(length) } : { kind: 'other' };
}
