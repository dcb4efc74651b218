/**
 * The JSON of an error of the identity service. As recorded from the service: description, trace id, correlation id and
 * timestamp are on separate lines, and the number is repeated in `error_codes` and in `error_uri`.
 */
import { guidOf } from '../core/guid.ts';
import type { ServerRequest, ServerResponse } from '../core/http.ts';
import type { World } from '../core/world.ts';
import type { OAuthRefusal } from './aadsts.ts';

export interface RefusalBody {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly error_uri: string;
  readonly suberror?: string;
}

/** The members of an error. */
export function refusalBody(refusal: OAuthRefusal, request: ServerRequest, world: World): RefusalBody {
  const traceId = guidOf(world.random.bytes(16)).toLowerCase();
  const correlationId = correlationOf(request) ?? guidOf(world.random.bytes(16)).toLowerCase();
  const timestamp = `${new Date(world.clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: refusal.error,
    error_description: [
      `AADSTS${refusal.code}: ${refusal.message}`,
      `Trace ID: ${traceId}`,
      `Correlation ID: ${correlationId}`,
      `Timestamp: ${timestamp}`,
    ].join(refusal.code === 70016 ? ' ' : '\r\n'),
    error_codes: [refusal.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${request.url.origin}/error?code=${refusal.code}`,
    ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
  };
}

function correlationOf(request: ServerRequest): string | undefined {
  const sent =
    request.headers['client-request-id'] ?? request.url.searchParams.get('client-request-id') ?? undefined;
  return sent !== undefined && /^[\w-]{1,64}$/.test(sent) ? sent : undefined;
}

/** Headers of every response that carries a token, or could: RFC 6749 §5.1. */
export const tokenHeaders = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store, no-cache',
  Pragma: 'no-cache',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The error as a JSON response. If the client used HTTP Basic, a challenge is included (RFC 6749 §5.2). */
export function refusalAnswer(refusal: OAuthRefusal, request: ServerRequest, world: World): ServerResponse {
  const basic = refusal.status === 401 && /^basic /i.test(request.headers['authorization'] ?? '');
  return {
    status: refusal.status,
    headers: { ...tokenHeaders, ...(basic ? { 'WWW-Authenticate': 'Basic realm="login"' } : {}) },
    body: JSON.stringify(refusalBody(refusal, request, world)),
  };
}
