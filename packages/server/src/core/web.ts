/**
 * The server function as a web `fetch` handler: `(Request) => Promise<Response>`. With it the embedded OneDrive runs
 * wherever web standards are available (workers, other servers, tests without a port) and responds as it does on
 * `node:http`.
 */
import type { Handler, ServerBody, ServerRequest } from './http.ts';

/** Wraps a server function for web `Request` and `Response` values. */
export function webHandler(handler: Handler): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await handler(fromWeb(request));
    const headers = new Headers(answer.headers);
    const empty = nullBody.has(answer.status) || request.method === 'HEAD';
    return new Response(empty ? null : toWeb(answer.body, headers), { status: answer.status, headers });
  };
}

/** https://fetch.spec.whatwg.org/#null-body-status */
const nullBody = new Set([101, 103, 204, 205, 304]);

function fromWeb(request: Request): ServerRequest {
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => {
    headers[name] = value;
  });
  const url = new URL(request.url);
  headers['host'] ??= url.host;
  return {
    method: request.method.toUpperCase(),
    url,
    headers,
    body: { [Symbol.asyncIterator]: () => bytesOf(request.body) },
    signal: request.signal,
  };
}

async function* bytesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel();
  }
}

function toWeb(body: ServerBody | undefined, headers: Headers): BodyInit | null {
  if (body === undefined) return null;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  if (body.length !== undefined && !headers.has('Content-Length'))
    headers.set('Content-Length', String(body.length));
  const iterator = body.stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
