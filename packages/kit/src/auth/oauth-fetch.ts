/**
 * Lets `oauth4webapi` speak through this project's transport, so that retries, tracing with redaction and tests in
 * memory apply to the sign-in too; and turns answers that are no OAuth answers into clear errors before they get there.
 */
import { OneDriveError } from '../errors/index.ts';
import { bytesBody } from '../http/bodies.ts';
import { readText } from '../http/read.ts';
import type { HeaderMap, HttpResponse, Transport } from '../http/transport.ts';

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams | undefined | null;
  readonly signal?: AbortSignal | undefined;
}

export type OAuthFetch = (url: string, init: FetchInit) => Promise<Response>;

const limit = 1 << 20;

/**
 * A `fetch` for one request.
 * @param idempotent may the request be sent again when its outcome is unknown?
 * @throws OneDriveError `service` for 5xx, `throttled` for 429, `protocol` for anything else than JSON, and what the
 * transport throws. No message repeats a part of the answer: it may hold tokens.
 */
export function oauthFetch(transport: Transport, idempotent: boolean): OAuthFetch {
  return async (url, { method, headers, body, signal }) => {
    const response = await transport({
      method,
      url,
      headers: withoutAgent(headers),
      body: body ? bytesBody(new TextEncoder().encode(body.toString())) : undefined,
      signal,
      idempotent,
    });
    const text = await readText(response, { limit });
    refuseUnusable(response, text);
    return new Response(text, { status: response.status, headers: { 'content-type': 'application/json' } });
  };
}

/** Who is calling is the transport's to say, not the protocol library's. */
function withoutAgent(headers: HeaderMap): HeaderMap {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'user-agent'));
}

function refuseUnusable(response: HttpResponse, text: string): void {
  const { status } = response;
  if (status === 429) {
    throw new OneDriveError('throttled', 'The sign-in service has too many requests (429).', {
      hint: 'Try again in a minute.',
    });
  }
  if (status >= 500) {
    throw new OneDriveError('service', `The sign-in service failed (status ${status}).`, {
      hint: 'Try again in a minute.',
    });
  }
  if (!isJsonObject(text)) {
    throw new OneDriveError(
      'protocol',
      `The sign-in service answered with ${kind(text)} (status ${status}), where JSON was expected.`,
      {
        hint: 'Look for a proxy or a sign-in page of the network in between, and check `endpoints` and `cloud`.',
      },
    );
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function kind(text: string): string {
  if (text.trim() === '') return 'nothing';
  if (/^\s*</.test(text)) return 'a web page';
  return /^\s*\{/.test(text) ? 'JSON that breaks off' : 'text';
}
