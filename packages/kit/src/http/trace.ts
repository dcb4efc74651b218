/**
 * Tells what goes over the wire, for `--debug`, without its secrets. Outermost it shows each request once with its
 * final answer; inside `retry` it shows every attempt.
 */
import type { Clock } from '../platform/index.ts';
import { redactHeaders, redactRequestHeaders, redactText } from './redact.ts';
import type { HeaderMap, HttpRequest, TransportDecorator } from './transport.ts';

/** Nothing in an event is secret. `id` counts up from 1 and ties an answer to its request. */
export type TraceEvent =
  | {
      readonly type: 'request';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderMap;
      /** Bytes of the body; 0 without one, undefined where nobody knows. */
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

/** Where the trace goes and which clock times it. */
export interface TraceOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Gets every event, in order. */
  readonly sink: (event: TraceEvent) => void;
}

/** Reports each request and what became of it; `ms` counts to the head of the answer. */
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
