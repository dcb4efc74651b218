/**
 * Runs the requests of `oauth4webapi` over this project's transport, so that retries, redacted traces and
 * in-memory tests apply to the sign-in too. Responses that are not OAuth responses become clear errors first.
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
 * Creates a `fetch` for one request.
 * @param idempotent whether the request may be sent again after an unknown outcome.
 * @throws OneDriveError `service` for 5xx, `throttled` for 429, `protocol` for anything except JSON, and
 * errors of the transport. No message quotes the response, which may contain tokens.
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

/** The transport sets the user agent, not the protocol library. */
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
      `The sign-in service returned ${kind(text)} (status ${status}), but JSON was expected.`,
      {
        hint: 'Look for a proxy or a captive portal, and check `endpoints` and `cloud`.',
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
  return /^\s*\{/.test(text) ? 'truncated JSON' : 'text';
}
