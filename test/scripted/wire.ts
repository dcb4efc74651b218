/** Requests and answers at their smallest, for the tests of what decorates a transport. */
import type { HttpRequest, HttpResponse, Transport } from '../../packages/kit/src/http/transport.ts';

export const url = 'https://graph.microsoft.com/v1.0/me/drive';
export const get = (request: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...request,
});

/** A body of one piece. */
export async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}
export const answer = (status: number, headers = {}, text = 'x'): HttpResponse => ({
  status,
  headers,
  body: bytesOf(text),
});

/** Reads a body to its end. */
export async function drain(
  body: AsyncIterable<Uint8Array>,
  each: (chunk: Uint8Array) => Promise<void> = async () => {},
) {
  for await (const chunk of body) await each(chunk);
}

/** Answers with each of `steps` in turn and keeps what it was asked. */
export function answering(...steps: (HttpResponse | Error)[]) {
  const seen: HttpRequest[] = [];
  const transport: Transport = async (request) => {
    seen.push(request);
    if (request.body) await drain(request.body.open());
    const step = steps.shift();
    if (step === undefined) throw new Error('asked too often');
    if (step instanceof Error) throw step;
    return step;
  };
  return { transport, seen };
}
