/**
 * Replays recorded responses: each request gets the response that was recorded for it, in the order of the recording.
 * Redacted text (`***`) matches any text; addresses of the recorded hosts become those of this server; file content,
 * which is never recorded, is zeros of the recorded length. For regression tests from a report.
 */
import type { Handler, ServerBody, ServerRequest, ServerResponse } from '../../core/http.ts';
import { replayedSignIns } from './replayed-sign-in.ts';

/** One request and response of a log, in the format of `doctor --bundle`. */
export interface RecordedAnswer {
  /** Milliseconds since the epoch. */
  readonly time?: number;
  readonly request: { readonly method: string; readonly url: string };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    /** The claims of the id token in the body. */
    readonly person?: Readonly<Record<string, string>>;
  };
}

/** A replay in progress. */
export interface Replay {
  readonly handler: Handler;
  /** `METHOD path` of recorded requests that have not been received yet. */
  left(): readonly string[];
  /** `METHOD path` of requests that were not recorded. */
  unknown(): readonly string[];
}

/** Replaces secrets in a log. */
const mark = '***';

/** A link that was redacted except for its host. No client is sent to that host. */
const redactedLink = /https?:\/\/[\w.:[\]-]+\/\*\*\*/g;

/** Headers for framing and encoding apply to the recorded connection, not to the current one. */
const framingHeaders =
  /^(content-length|content-encoding|transfer-encoding|connection|keep-alive|date|alt-svc|strict-transport-security)$/i;

/** Replays `exchanges`. Skips those without a response (broken connections). */
export function createReplay(exchanges: readonly RecordedAnswer[]): Replay {
  const pending = exchanges.filter(({ response }) => response !== undefined);
  const origins = new Set(exchanges.map(({ request }) => new URL(request.url).origin));
  const signIns = replayedSignIns(mark);
  const unknown: string[] = [];
  const handler: Handler = async (request) => {
    const index = pending.findIndex((exchange) => matches(exchange, request));
    const [found] = index < 0 ? [] : pending.splice(index, 1);
    const toThisServer = (text: string): string =>
      [...origins]
        .reduce((replaced, origin) => replaced.replaceAll(origin, request.url.origin), text)
        .replaceAll(redactedLink, `${request.url.origin}/${mark}`);
    if (found?.response) {
      const { body, person } = found.response;
      const recorded = { time: found.time ?? 0, ...(person && { person }) };
      const text =
        body === undefined ? undefined : await signIns.answer(toThisServer(body), request, recorded);
      return answerOf(found.response, toThisServer, text ?? contentOf(found.response, request));
    }
    const page = signIns.page(request);
    if (page !== undefined) return page;
    unknown.push(nameOf(request.method, request.url));
    return notRecorded(request);
  };
  return {
    handler,
    left: () => pending.map(({ request }) => nameOf(request.method, new URL(request.url))),
    unknown: () => unknown,
  };
}

function nameOf(method: string, url: URL): string {
  return `${method} ${url.pathname}${url.search}`;
}

/** A redacted address that a client received (`https://host/***`) matches the redacted ones of the log, in their order. */
function matches({ request }: RecordedAnswer, incoming: ServerRequest): boolean {
  if (request.method.toUpperCase() !== incoming.method) return false;
  const recorded = new URL(request.url);
  const recordedPath = decoded(recorded.pathname + recorded.search);
  const requestedPath = decoded(incoming.url.pathname + incoming.url.search);
  const redactedPath = `/${mark}`;
  if (requestedPath === redactedPath) return recordedPath.includes(mark);
  return recordedPath !== redactedPath && patternOf(recordedPath).test(requestedPath);
}

function patternOf(address: string): RegExp {
  return new RegExp(`^${address.split(mark).map(escapeRegExp).join('[^]*')}$`);
}

/** Normalizes percent-encoding, because the same address may be escaped differently. */
function decoded(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const code = Number.parseInt(escape.slice(1), 16);
    return code < 0x80 ? String.fromCharCode(code) : escape.toUpperCase();
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

type Recorded = NonNullable<RecordedAnswer['response']>;

function answerOf(
  { status, headers: recorded }: Recorded,
  toThisServer: (text: string) => string,
  body: ServerBody,
): ServerResponse {
  const headers = Object.fromEntries(
    Object.entries(recorded)
      .filter(([name]) => !framingHeaders.test(name))
      .map(([name, value]) => [name, toThisServer(value)]),
  );
  return { status, headers, body };
}

/** Zeros in the recorded length. */
function contentOf({ status, headers }: Recorded, { method }: ServerRequest): ServerBody {
  const length = Number(
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0,
  );
  const bodiless = method === 'HEAD' || status === 204 || status === 304;
  if (bodiless || !Number.isSafeInteger(length) || length <= 0) return '';
  return { stream: zeros(length), length };
}

async function* zeros(length: number): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(Math.min(length, 1 << 20));
  for (let remaining = length; remaining > 0; remaining -= chunk.length) yield chunk.subarray(0, remaining);
}

function notRecorded({ method, url }: ServerRequest): ServerResponse {
  const message = `No (further) response was recorded for ${method} ${url.pathname}.`;
  return {
    status: 501,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: { code: 'notRecorded', message } }),
  };
}
