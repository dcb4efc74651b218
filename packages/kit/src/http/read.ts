/**
 * Reads response bodies with a limit on memory. If a OneDrive endpoint is overloaded, behind a captive portal
 * or cut off, the response may be HTML, empty or truncated: that becomes one clear error instead of a syntax
 * error.
 */
import { OneDriveError } from '../errors/index.ts';
import type { HttpResponse } from './transport.ts';

/** How much of a body may be read. */
export interface ReadOptions {
  /** Maximum number of bytes to hold. Default: 64 MiB. */
  readonly limit?: number;
}

const defaultLimit = 64 << 20;

/**
 * Reads the whole body.
 * @throws OneDriveError `protocol` beyond `limit` bytes, `network` if the connection breaks.
 */
export async function readBytes(
  response: HttpResponse,
  { limit = defaultLimit }: ReadOptions = {},
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(response, limit);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : concat(chunks, size);
}

/** Reads the whole body as UTF-8 text and removes a byte order mark. Throws like {@link readBytes}. */
export async function readText(response: HttpResponse, options: ReadOptions = {}): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, options));
}

/**
 * Reads the whole body as JSON: any JSON value, which the caller must validate.
 * @throws OneDriveError `protocol` if it is empty, HTML, truncated or otherwise not JSON, and like {@link
 * readBytes}.
 */
export async function readJson(response: HttpResponse, options: ReadOptions = {}): Promise<unknown> {
  const text = await readText(response, options);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new OneDriveError('protocol', `${whatCame(response, text)} but JSON was expected.`, {
      cause,
      hint: 'Usually temporary: try again. If the error persists, look for a proxy, a captive portal or a wrong base URL.',
    });
  }
}

/**
 * Discards a body: reads the rest of a small one so that the connection can be reused, otherwise closes the
 * connection. Never throws.
 */
export async function discard(response: HttpResponse): Promise<void> {
  let left = 64 << 10;
  try {
    for await (const chunk of response.body) {
      left -= chunk.byteLength;
      if (left < 0) break;
    }
  } catch {
    // The body is not needed, so its error does not matter.
  }
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function tooLarge(response: HttpResponse, limit: number): OneDriveError {
  return new OneDriveError(
    'protocol',
    `The response (status ${response.status}) is larger than ${limit} bytes.`,
    {
      hint: 'Request fewer items per page, or fewer properties.',
    },
  );
}

function whatCame(response: HttpResponse, text: string): string {
  const status = `status ${response.status}`;
  if (text.trim() === '') return `The response (${status}) is empty`;
  const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim();
  const kind = /^\s*(<!doctype|<html|<\?xml)/i.test(text)
    ? 'is a web page'
    : type
      ? `has type ${type}`
      : 'has no type';
  const broken = /^\s*[[{]/.test(text) ? 'is JSON that is truncated or malformed' : kind;
  return `The response (${status}) ${broken} and begins with ${JSON.stringify(harmless(text))}`;
}

/** The first 80 characters, without possible secrets and terminal control characters. */
function harmless(text: string): string {
  return text
    .slice(0, 400)
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[A-Za-z0-9+/_~.%-]{32,}={0,2}/g, '…')
    .trim()
    .slice(0, 80);
}
