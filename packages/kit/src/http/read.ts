/**
 * Reads answers, with a bound on memory. A OneDrive endpoint that is overloaded, behind a captive portal or cut off
 * answers with HTML, nothing or half a document: that becomes one clear error instead of a syntax error.
 */
import { OneDriveError } from '../errors/index.ts';
import type { HttpResponse } from './transport.ts';

/** How much of a body may be read. */
export interface ReadOptions {
  /** Most bytes to hold; 64 MiB unless told. */
  readonly limit?: number;
}

const defaultLimit = 64 << 20;

/**
 * The whole body.
 * @throws OneDriveError `protocol` beyond `limit` bytes, `network` when the connection breaks.
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

/** The whole body as UTF-8 text; a byte order mark is dropped. Throws as {@link readBytes}. */
export async function readText(response: HttpResponse, options: ReadOptions = {}): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, options));
}

/**
 * The whole body as JSON: any JSON value, which the caller must still look at.
 * @throws OneDriveError `protocol` when it is empty, HTML, cut off or anything else than JSON, and as {@link readBytes}.
 */
export async function readJson(response: HttpResponse, options: ReadOptions = {}): Promise<unknown> {
  const text = await readText(response, options);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new OneDriveError('protocol', `${whatCame(response, text)} where JSON was expected.`, {
      cause,
      hint: 'Usually passing: try again. If it stays, look for a proxy, a sign-in portal or a wrong address in between.',
    });
  }
}

/**
 * Lets go of a body that nobody needs: reads the rest of a small one so that the connection can be used again,
 * closes it otherwise. Never throws.
 */
export async function discard(response: HttpResponse): Promise<void> {
  let left = 64 << 10;
  try {
    for await (const chunk of response.body) {
      left -= chunk.byteLength;
      if (left < 0) break;
    }
  } catch {
    // The answer was not wanted; that it broke off changes nothing.
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
    `The answer (status ${response.status}) is larger than ${limit} bytes.`,
    {
      hint: 'Ask for fewer items a page, or for fewer properties.',
    },
  );
}

function whatCame(response: HttpResponse, text: string): string {
  const status = `status ${response.status}`;
  if (text.trim() === '') return `The answer (${status}) is empty`;
  const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim();
  const kind = /^\s*(<!doctype|<html|<\?xml)/i.test(text)
    ? 'is a web page'
    : type
      ? `has type ${type}`
      : 'has no type';
  const broken = /^\s*[[{]/.test(text) ? 'is JSON that breaks off or is malformed' : kind;
  return `The answer (${status}) ${broken} and begins with ${JSON.stringify(harmless(text))}`;
}

/** The first 80 characters, without what could be a secret or confuse a terminal. */
function harmless(text: string): string {
  return text
    .slice(0, 400)
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[A-Za-z0-9+/_~.%-]{32,}={0,2}/g, '…')
    .trim()
    .slice(0, 80);
}
