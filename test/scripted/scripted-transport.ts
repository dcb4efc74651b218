/** A transport that answers from a script: for the tests of what sends requests, where no server is wanted. */
import type { HttpRequest, HttpResponse, Transport } from '../../packages/kit/src/http/transport.ts';

/** An answer as a test writes it. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}

/** A request as a test looks at it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type ScriptedStep = ScriptedAnswer | Error | ((request: SeenRequest) => ScriptedAnswer | Error);

export interface ScriptedTransport {
  readonly transport: Transport;
  readonly seen: SeenRequest[];
}

async function bodyOf(request: HttpRequest): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  if (request.body) for await (const chunk of request.body.open()) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}

function responseOf(answer: ScriptedAnswer): HttpResponse {
  const text = answer.json === undefined ? (answer.text ?? '') : JSON.stringify(answer.json);
  const bytes = answer.bytes ?? new TextEncoder().encode(text);
  async function* body() {
    if (bytes.byteLength > 0) yield bytes;
  }
  return { status: answer.status ?? 200, headers: answer.headers ?? {}, body: body() };
}

/** Answers the steps in turn; the last one again and again when `forever`. */
export function scripted(
  steps: readonly ScriptedStep[],
  { forever = false }: { forever?: boolean } = {},
): ScriptedTransport {
  const seen: SeenRequest[] = [];
  const transport: Transport = async (request) => {
    request.signal?.throwIfAborted();
    const { method, url, headers } = request;
    const one = { method, url, headers, body: await bodyOf(request) };
    seen.push(one);
    const step = steps[seen.length - 1] ?? (forever ? steps.at(-1) : undefined);
    if (step === undefined)
      throw new Error(`The script has no answer for request ${seen.length}: ${method} ${url}`);
    const answer = typeof step === 'function' ? step(one) : step;
    if (answer instanceof Error) throw answer;
    return responseOf(answer);
  };
  return { transport, seen };
}
