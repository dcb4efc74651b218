/**
 * Writes a {@link ServerResponse} to a `node:http` response: length or chunks, back-pressure, and HEAD. A body that fails,
 * or whose length differs from the declared one, ends in a broken connection, so that it never looks complete.
 */
import type { ServerResponse as NodeResponse } from 'node:http';
import type { ByteStream, ServerResponse } from '../core/http.ts';
import { ConnectionBroken } from '../testing/faults/broken-bodies.ts';

/**
 * Sends one response.
 * @throws errors of the body's stream, after the connection was destroyed.
 */
export async function writeOutgoing(answer: ServerResponse, to: NodeResponse, method: string): Promise<void> {
  const { body } = answer;
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    writeWhole(answer, body ?? '', to, method);
    return;
  }
  const length = body.length;
  to.writeHead(answer.status, headerList(answer.headers, length));
  if (method === 'HEAD' || bodyless(answer.status)) {
    to.end();
    await body.stream[Symbol.asyncIterator]().return?.();
    return;
  }
  try {
    await pump(body.stream, length, to);
  } catch (error) {
    if (error instanceof ConnectionBroken) await closeConnection(to);
    else to.destroy();
    throw error;
  }
}

/** Closes the connection after the written bytes, which `node:http` buffers until the end of the turn. */
async function closeConnection(to: NodeResponse): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  const { socket } = to;
  if (socket) socket.destroySoon();
  else to.destroy();
}

/**
 * Longer text is encoded once, instead of being measured and encoded later; shorter text is sent together with the headers.
 */
const longText = 16 * 1024;

/** Whether the response fits in one small write. */
export function isShort({ body }: ServerResponse): boolean {
  return (
    body === undefined ||
    ((typeof body === 'string' || body instanceof Uint8Array) && body.length <= longText)
  );
}

function writeWhole(
  answer: ServerResponse,
  body: string | Uint8Array,
  to: NodeResponse,
  method: string,
): void {
  if (bodyless(answer.status)) {
    to.writeHead(answer.status, headerList(answer.headers));
    to.end();
    return;
  }
  const content = typeof body === 'string' && body.length > longText ? Buffer.from(body) : body;
  const length = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  to.writeHead(answer.status, headerList(answer.headers, length));
  to.end(method === 'HEAD' ? undefined : content);
}

/** RFC 9110 §6.4.1: responses with these statuses have no content. */
function bodyless(status: number): boolean {
  return status === 204 || status === 304 || status < 200;
}

/** Names and values alternating, with the length added if missing: `node:http` handles a list faster than an object. */
function headerList(headers: Readonly<Record<string, string>>, length?: number): string[] {
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name] ?? '');
  if (length !== undefined && !('Content-Length' in headers || 'content-length' in headers))
    list.push('Content-Length', String(length));
  return list;
}

async function pump(stream: ByteStream, length: number | undefined, to: NodeResponse): Promise<void> {
  let sent = 0;
  for await (const chunk of stream) {
    sent += chunk.length;
    if (length !== undefined && sent > length)
      throw new Error(`A body with the declared length ${length} has more bytes.`);
    if (to.destroyed) return;
    if (!to.write(chunk, () => stream.recycle?.(chunk))) await drained(to);
  }
  if (length !== undefined && sent < length)
    throw new Error(`A body with the declared length ${length} ended after ${sent} bytes.`);
  to.end();
}

function drained(to: NodeResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      to.off('drain', done);
      to.off('close', done);
      resolve();
    };
    if (to.destroyed) {
      resolve();
      return;
    }
    to.on('drain', done);
    to.on('close', done);
  });
}
