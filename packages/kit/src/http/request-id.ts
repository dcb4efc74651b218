/**
 * Adds an id to every request, so that a support case can be looked up by the service: Graph logs
 * `client-request-id` and echoes it on request (https://learn.microsoft.com/graph/best-practices-concept).
 * Place it outermost, so that retries of a request share its id.
 */
import type { Random } from '../platform/index.ts';
import type { TransportDecorator } from './transport.ts';

/** Adds `client-request-id` (a random UUID) and `return-client-request-id`, unless the request has its own. */
export function requestId(random: Random): TransportDecorator {
  return (inner) => (request) =>
    inner({
      ...request,
      headers: { 'client-request-id': uuid(random), 'return-client-request-id': 'true', ...request.headers },
    });
}

/** Version 4, variant 10: RFC 9562 section 5.4. */
function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
