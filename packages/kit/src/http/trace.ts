/**
 * Reports requests and responses without their secrets, for `--debug`. Outermost it shows each request once
 * with its final response; inside `retry` it shows every attempt.
 */
import type { Clock } from '../platform/index.ts';
import { redactHeaders, redactRequestHeaders, redactText } from './redact.ts';
import type { HeaderMap, HttpRequest, TransportDecorator } from './transport.ts';

/** Events contain no secrets. `id` counts up from 1 and links a response to its request. */
export type TraceEvent =
  | {
      readonly type: 'request';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderMap;
      /** Bytes of the body; 0 without a body, undefined if the size is unknown. */
      readonly size: number | undefined;
    }
  | {
      readonly type: 'response';
      readonly id: number;
      readonly status: number;
      readonly headers: HeaderMap;
      readonly ms: number;
    }
  | { readonly type: 'error'; readonly id: number; readonly message: string; readonly ms: number };

/** Where events go, and the clock. */
export interface TraceOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Called with every event, in order. */
  readonly sink: (event: TraceEvent) => void;
}

/** Reports each request and its outcome; `ms` is the time until the response head. */
export function trace({ clock, sink }: TraceOptions): TransportDecorator {
  let count = 0;
  return (inner) => async (request) => {
    const id = ++count;
    const from = clock.now();
    sink(requestEvent(id, request));
    try {
      const response = await inner(request);
      const { status, headers } = response;
      sink({ type: 'response', id, status, headers: redactHeaders(headers), ms: clock.now() - from });
      return response;
    } catch (error) {
      sink({ type: 'error', id, message: redactText(messageOf(error)), ms: clock.now() - from });
      throw error;
    }
  };
}

function requestEvent(id: number, { method, url, headers, body }: HttpRequest): TraceEvent {
  const size = body ? body.length : 0;
  return { type: 'request', id, method, url: redactText(url), headers: redactRequestHeaders(headers), size };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
