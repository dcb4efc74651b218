/**
 * Records requests and responses without their secrets: a log that users can attach to a report and that the
 * embedded server can replay. The content of files is left out; only its size is kept.
 */
import type { Clock } from '../platform/index.ts';
import { personIn } from './id-token-person.ts';
import { redactHeaders, redactLink, redactRequestHeaders, redactText } from './redact.ts';
import { secretLinksIn } from './secret-links.ts';
import type { HeaderMap, HttpBody, HttpRequest, HttpResponse, TransportDecorator } from './transport.ts';

/** One request and its outcome. It contains no secrets. */
export interface RecordedExchange {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly ms: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderMap;
    readonly body?: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: HeaderMap;
    readonly body?: string;
    /** Who signed in, if the response had an id token with that information. */
    readonly person?: Readonly<Record<string, string>>;
  };
  /** Why there was no response. */
  readonly error?: string;
}

export interface RecordOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly sink: (exchange: RecordedExchange) => void;
}

const limit = 256 << 10;
const texts = /^(application\/(?:[\w.+-]*json|x-www-form-urlencoded)|text\/plain)/i;

/**
 * Records each exchange when its response has been read or has failed. Responses with a text body are
 * buffered until they are complete.
 */
export function record({ clock, sink }: RecordOptions): TransportDecorator {
  const handedOut = new Set<string>();
  return (inner) => async (request) => {
    const from = clock.now();
    const isSecret = request.headers['authorization'] === undefined && handedOut.has(request.url);
    const asked = await requestOf(request, isSecret ? redactLink : redactText);
    const note = (outcome: Pick<RecordedExchange, 'response' | 'error'>): void =>
      sink({ time: from, ms: clock.now() - from, request: asked, ...outcome });
    try {
      const response = await inner(request);
      const { whole, text } = await held(response);
      const { status, headers } = response;
      for (const link of secretLinksIn(headers, text)) handedOut.add(link);
      note({
        response: {
          status,
          headers: redactHeaders(headers),
          ...(text === undefined ? {} : { body: redactText(text), ...personOf(text) }),
        },
      });
      return whole;
    } catch (error) {
      note({ error: redactText(error instanceof Error ? error.message : String(error)) });
      throw error;
    }
  };
}

function personOf(text: string): { readonly person?: Readonly<Record<string, string>> } {
  const told = Object.entries(personIn(text) ?? {});
  if (told.length === 0) return {};
  return { person: Object.fromEntries(told.map(([name, value]) => [name, redactText(value)])) };
}

async function requestOf(
  { method, url, headers, body }: HttpRequest,
  shown: (url: string) => string,
): Promise<RecordedExchange['request']> {
  const text = body && texts.test(headers['content-type'] ?? '') ? await bodyText(body) : undefined;
  return {
    method,
    url: shown(url),
    headers: redactRequestHeaders(headers),
    ...(text === undefined ? {} : { body: redactText(text) }),
  };
}

async function bodyText(body: HttpBody): Promise<string | undefined> {
  if (!body.replayable || body.length === undefined || body.length > limit) return undefined;
  const { text } = await collected(body.open());
  return text;
}

/** Reads a text response; returns any other response unchanged. */
async function held(
  response: HttpResponse,
): Promise<{ readonly whole: HttpResponse; readonly text?: string }> {
  const length = Number(response.headers['content-length'] ?? 0);
  if (!texts.test(response.headers['content-type'] ?? '') || length > limit) return { whole: response };
  const { text, chunks } = await collected(response.body);
  return { whole: { ...response, body: again(chunks) }, text };
}

async function collected(
  body: AsyncIterable<Uint8Array>,
): Promise<{ readonly text: string; readonly chunks: readonly Uint8Array[] }> {
  const chunks: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    chunks.push(chunk.slice());
    text += decoder.decode(chunk, { stream: true });
  }
  return { text, chunks };
}

async function* again(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
