/** Common kinds of responses. */

import type { ServerResponse } from './http.ts';
import type { ServiceError } from './service-error.ts';
import { timestamp } from './timestamps.ts';

type Headers = Readonly<Record<string, string>>;

const jsonType =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** A JSON response, with the content type that Graph sends. */
export function json(status: number, value: unknown, headers: Headers = {}): ServerResponse {
  return jsonText(status, JSON.stringify(value), headers);
}

/** A response with a body that is JSON already, as text or UTF-8 bytes. */
export function jsonText(status: number, body: string | Uint8Array, headers: Headers = {}): ServerResponse {
  return {
    status,
    headers: { 'Content-Type': jsonType, 'OData-Version': '4.0', 'Cache-Control': 'no-store', ...headers },
    body,
  };
}

/** A response without a body. */
export function empty(status: number, headers: Headers = {}): ServerResponse {
  return { status, headers };
}

export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface InnerError {
  readonly [name: string]: string | InnerError;
}

/** Graph's error body: https://learn.microsoft.com/graph/errors */
export function errorAnswer(error: ServiceError, ids: RequestIds): ServerResponse {
  const trailer: InnerError = {
    date: timestamp(ids.now).replace('Z', ''),
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
  };
  const innerError = [...error.inner]
    .reverse()
    .reduce<InnerError | undefined>(
      (nested, code) => (nested === undefined ? { code } : { code, innerError: nested }),
      undefined,
    );
  const body = {
    error: { code: error.code, message: error.message, innerError: { ...innerError, ...trailer } },
  };
  return json(error.status, body, error.headers);
}
