/**
 * Converts error responses to errors: v5.0's body `{"error": {"code", "message"}}`, BITS headers, or the
 * response of a proxy. The query of a URL is never part of a message: v5.0 clients put tokens there.
 */
import { signInAgain } from '../errors/hint.ts';
import { type ErrorCode, type HintStep, LiveError } from '../errors/index.ts';
import { retryAfterMs } from '../http/governor/retry-after.ts';
import { defaultRetryLimits } from '../http/governor/retry-policy.ts';
import { serviceText } from '../http/service-text.ts';
import type { HeaderMap } from '../http/transport.ts';

/** Codes of the service, from the resources of Microsoft's SDKs; some are known only from clients. */
const byLiveCode: Readonly<Record<string, ErrorCode>> = {
  request_token_missing: 'auth-required',
  request_token_invalid: 'auth-required',
  request_token_expired: 'auth-required',
  request_token_unauthorized: 'access-denied',
  request_method_invalid: 'not-supported',
  request_parameter_missing: 'invalid-request',
  request_parameter_invalid: 'invalid-request',
  request_url_invalid: 'invalid-request',
  request_body_invalid: 'invalid-request',
  request_entity_too_large: 'invalid-request',
  request_throttled: 'throttled',
  resource_not_found: 'not-found',
  resource_already_exists: 'conflict',
  resource_exists: 'conflict',
  resource_quota_exceeded: 'quota',
  resource_damaged: 'integrity',
  resource_locked: 'locked',
  resource_type_not_supported: 'not-supported',
  server_busy: 'throttled',
  server_internal_error: 'service',
};

const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'auth-required',
  403: 'access-denied',
  404: 'not-found',
  405: 'not-supported',
  409: 'conflict',
  410: 'not-found',
  412: 'precondition',
  416: 'range',
  423: 'locked',
  429: 'throttled',
  501: 'not-supported',
  503: 'service',
  507: 'quota',
};

const hints: Partial<Record<ErrorCode, string | HintStep>> = {
  'auth-required': signInAgain,
  'not-found': 'Check the spelling of the path, or list the parent folder to see what is there.',
  'access-denied': 'Sign in again and grant the permission that is named, or ask the owner for access.',
  conflict: { step: 'name', conflict: ['replace'] },
  quota: 'Free some space in the drive (the recycle bin uses space too), then try again.',
  throttled: 'The service is throttling requests. Try again in a few minutes.',
  service: 'The service has a problem. Try again later.',
};

interface ErrorFacts {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Reads the body of an error; never throws. */
function readErrorFacts(body: string): ErrorFacts {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { code: undefined, message: undefined };
  }
  const error = isRecord(parsed) ? parsed['error'] : undefined;
  if (!isRecord(error)) return { code: undefined, message: undefined };
  const code = text(error['code']);
  return { code: code && serviceText(code), message: text(error['message']) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The error code for the status and the service's code. */
function errorCodeOf(status: number, liveCode: string | undefined): ErrorCode {
  const known = liveCode === undefined ? undefined : byLiveCode[liveCode.toLowerCase()];
  return (
    known ?? byStatus[status] ?? (status >= 500 ? 'service' : status >= 400 ? 'invalid-request' : 'protocol')
  );
}

/**
 * @param what completes "Could not …": `list folder.1234`.
 * @param body the text of the response, possibly truncated.
 */
export function liveErrorOf(what: string, status: number, headers: HeaderMap, body: string): LiveError {
  const facts = readErrorFacts(body);
  // Without the response's own Date, a date cannot be converted to a duration: there is no clock here.
  const waitMs = retryAfterMs(headers, Number.NaN);
  const known = errorCodeOf(status, facts.code);
  // A service that is down for longer than the maximum wait requests a pause, like one that throttles.
  const isPause = known === 'service' && (waitMs ?? 0) > defaultRetryLimits.maxWaitMs;
  const code = isPause ? 'throttled' : known;
  const hint = hints[code];
  const named = facts.code === undefined ? `status ${status}` : `${status} ${facts.code}`;
  return new LiveError(
    code,
    `Could not ${what}: ${reason(facts, status, headers, body)} (${named}).`,
    {
      status,
      liveCode: facts.code,
      bitsCode: headers['bits-error-code'],
      retryAfterMs: waitMs,
    },
    hint === undefined ? {} : { hint },
  );
}

function reason(facts: ErrorFacts, status: number, headers: HeaderMap, body: string): string {
  if (facts.message !== undefined) return tidy(facts.message);
  const bits = headers['bits-error-code'];
  if (bits !== undefined) return `the upload service returned ${tidy(bits)}`;
  if (/^\s*</.test(body)) return `the server returned status ${status} with a web page instead of data`;
  return `the server returned status ${status} without a reason`;
}

/** One short line of the service without its final period. */
const tidy = (message: string): string => serviceText(message).replace(/\.$/, '');
