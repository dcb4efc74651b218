/**
 * A recorded conversation played back: each request gets the answer that was recorded for it, in the order of the
 * recording. What the recording blotted out (`***`) stands for anything. For regression tests from a report.
 */
import type { Handler, ServerRequest, ServerResponse } from '../http.ts';

/** One exchange of a log, as `doctor --bundle` writes it. */
export interface RecordedAnswer {
  readonly request: { readonly method: string; readonly url: string };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

/** What came of playing a log again. */
export interface Replay {
  readonly handler: Handler;
  /** `METHOD path` of recorded exchanges that nobody has asked for yet. */
  left(): readonly string[];
  /** Requests for which nothing was recorded. */
  unknown(): readonly string[];
}

/** Framing and encoding belong to the connection that was recorded, not to the one that is answered. */
const framing =
  /^(content-length|content-encoding|transfer-encoding|connection|keep-alive|date|alt-svc|strict-transport-security)$/i;

/** Plays `exchanges` back. An exchange without an answer (a broken connection) is passed over. */
export function createReplay(exchanges: readonly RecordedAnswer[]): Replay {
  const waiting = exchanges.filter(({ response }) => response !== undefined);
  const unknown: string[] = [];
  const handler: Handler = async (request) => {
    const at = waiting.findIndex((exchange) => isFor(exchange, request));
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    if (found?.response) return answerOf(found.response, request);
    unknown.push(nameOf(request.method, request.url));
    return notRecorded(request);
  };
  return {
    handler,
    left: () => waiting.map(({ request }) => nameOf(request.method, new URL(request.url))),
    unknown: () => unknown,
  };
}

function nameOf(method: string, url: URL): string {
  return `${method} ${url.pathname}${url.search}`;
}

function isFor({ request }: RecordedAnswer, asked: ServerRequest): boolean {
  if (request.method.toUpperCase() !== asked.method) return false;
  const recorded = new URL(request.url);
  const pattern = decoded(recorded.pathname + recorded.search)
    .split('***')
    .map(literally)
    .join('[^]*');
  return new RegExp(`^${pattern}$`).test(decoded(asked.url.pathname + asked.url.search));
}

/** The same address may be written with other escapes. */
function decoded(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const code = Number.parseInt(escape.slice(1), 16);
    return code < 0x80 ? String.fromCharCode(code) : escape.toUpperCase();
  });
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function answerOf(response: NonNullable<RecordedAnswer['response']>, { url }: ServerRequest): ServerResponse {
  const headers = Object.fromEntries(
    Object.entries(response.headers)
      .filter(([name]) => !framing.test(name))
      .map(([name, value]) => [
        name,
        name.toLowerCase() === 'location' ? value.replace(/^https?:\/\/[^/]+/, url.origin) : value,
      ]),
  );
  return { status: response.status, headers, body: response.body ?? '' };
}

function notRecorded({ method, url }: ServerRequest): ServerResponse {
  const message = `Nothing (more) was recorded for ${method} ${url.pathname}.`;
  return {
    status: 501,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: { code: 'notRecorded', message } }),
  };
}
