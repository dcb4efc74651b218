/**
 * A recorded conversation played back: each request gets the answer that was recorded for it, in the order of the
 * recording. What the recording blotted out (`***`) stands for anything; addresses of the recorded hosts become those
 * of this one; contents of files, which no recording has, are zeros of the recorded length. For regression tests from
 * a report.
 */
import type { Handler, ServerBody, ServerRequest, ServerResponse } from '../../core/http.ts';
import { replayedSignIns } from './replayed-sign-in.ts';

/** One exchange of a log, as `doctor --bundle` writes it. */
export interface RecordedAnswer {
  /** Milliseconds since the epoch. */
  readonly time?: number;
  readonly request: { readonly method: string; readonly url: string };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    /** What the id token in the body said. */
    readonly person?: Readonly<Record<string, string>>;
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

/** Stands in a log in place of a secret. */
const mark = '***';

/** A link of which only the host is left. Nobody is sent to that host. */
const blottedLink = /https?:\/\/[\w.:[\]-]+\/\*\*\*/g;

/** Framing and encoding belong to the connection that was recorded, not to the one that is answered. */
const framing =
  /^(content-length|content-encoding|transfer-encoding|connection|keep-alive|date|alt-svc|strict-transport-security)$/i;

/** Plays `exchanges` back. An exchange without an answer (a broken connection) is passed over. */
export function createReplay(exchanges: readonly RecordedAnswer[]): Replay {
  const waiting = exchanges.filter(({ response }) => response !== undefined);
  const origins = new Set(exchanges.map(({ request }) => new URL(request.url).origin));
  const signIns = replayedSignIns(mark);
  const unknown: string[] = [];
  const handler: Handler = async (request) => {
    const at = waiting.findIndex((exchange) => isFor(exchange, request));
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    const here = (text: string): string =>
      [...origins]
        .reduce((moved, origin) => moved.replaceAll(origin, request.url.origin), text)
        .replaceAll(blottedLink, `${request.url.origin}/${mark}`);
    if (found?.response) {
      const { body, person } = found.response;
      const recorded = { time: found.time ?? 0, ...(person && { person }) };
      const text = body === undefined ? undefined : await signIns.answer(here(body), request, recorded);
      return answerOf(found.response, here, text ?? contentOf(found.response, request));
    }
    const page = signIns.page(request);
    if (page !== undefined) return page;
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

/** An address that was handed out blotted (`https://host/***`) stands for the blotted ones of the log, in their order. */
function isFor({ request }: RecordedAnswer, asked: ServerRequest): boolean {
  if (request.method.toUpperCase() !== asked.method) return false;
  const recorded = new URL(request.url);
  const there = decoded(recorded.pathname + recorded.search);
  const here = decoded(asked.url.pathname + asked.url.search);
  const handedOut = `/${mark}`;
  if (here === handedOut) return there.includes(mark);
  return there !== handedOut && patternOf(there).test(here);
}

function patternOf(address: string): RegExp {
  return new RegExp(`^${address.split(mark).map(literally).join('[^]*')}$`);
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

type Recorded = NonNullable<RecordedAnswer['response']>;

function answerOf(
  { status, headers: recorded }: Recorded,
  here: (text: string) => string,
  body: ServerBody,
): ServerResponse {
  const headers = Object.fromEntries(
    Object.entries(recorded)
      .filter(([name]) => !framing.test(name))
      .map(([name, value]) => [name, here(value)]),
  );
  return { status, headers, body };
}

/** Zeros, as many as the recorded answer had bytes. */
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
  for (let left = length; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
}

function notRecorded({ method, url }: ServerRequest): ServerResponse {
  const message = `Nothing (more) was recorded for ${method} ${url.pathname}.`;
  return {
    status: 501,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: { code: 'notRecorded', message } }),
  };
}
