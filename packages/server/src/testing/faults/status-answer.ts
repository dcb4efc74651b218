/** The response of a `status` fault: the documented error body, a gateway's HTML page, or an empty body. */
import type { ServerResponse } from '../../core/http.ts';
import type { Fault } from './fault.ts';

/** Source of the codes: https://learn.microsoft.com/graph/errors and https://learn.microsoft.com/onedrive/developer/rest-api/concepts/errors */
const codes: Readonly<Record<number, string>> = {
  400: 'invalidRequest',
  401: 'InvalidAuthenticationToken',
  403: 'accessDenied',
  404: 'itemNotFound',
  409: 'nameAlreadyExists',
  410: 'resyncRequired',
  412: 'resourceModified',
  416: 'invalidRange',
  423: 'resourceLocked',
  429: 'activityLimitReached',
  503: 'serviceNotAvailable',
  507: 'quotaLimitReached',
};

export function statusAnswer(
  fault: Extract<Fault, { kind: 'status' }>,
  now: number,
  inner?: string,
): ServerResponse {
  const headers: Record<string, string> = {
    ...(fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }),
    ...(fault.status === 401 ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' } : {}),
    ...fault.headers,
  };
  if (fault.body === 'empty') return { status: fault.status, headers, body: '' };
  if (fault.body === 'html')
    return {
      status: fault.status,
      headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
      body: `<!DOCTYPE html><html><head><title>${fault.status}</title></head><body><h1>Service Unavailable</h1></body></html>`,
    };
  const error = {
    code: fault.code ?? codes[fault.status] ?? 'generalException',
    message: `The fault plan returned ${fault.status}.`,
    innerError: {
      ...(inner === undefined ? {} : { code: inner }),
      date: new Date(now).toISOString().slice(0, 19),
    },
  };
  return {
    status: fault.status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ error }),
  };
}
