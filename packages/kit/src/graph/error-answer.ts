/**
 * Converts error responses to errors. It accepts everything, because proxies, gateways and the identity
 * service respond with HTML, with nothing, or with a body of another format, and the message must still
 * explain what happened. The query of a URL is never part of a message: it may be a secret.
 */
import { signInAgain } from '../errors/hint.ts';
import { type ErrorCode, GraphError, type HintStep } from '../errors/index.ts';
import { retryAfterMs } from '../http/governor/retry-after.ts';
import { defaultRetryLimits } from '../http/governor/retry-policy.ts';
import { serviceText } from '../http/service-text.ts';
import type { HeaderMap } from '../http/transport.ts';
import { errorCodeOf } from './error-code.ts';

/** The parts of an error body. */
export interface ErrorFacts {
  /** Outermost first; empty if the body has no code. */
  readonly codes: readonly string[];
  readonly message: string | undefined;
}

const hints: Partial<Record<ErrorCode, string | HintStep>> = {
  'auth-required': signInAgain,
  'not-found': 'Check the spelling of the path, or list the parent folder to see what is there.',
  'access-denied': 'Ask the owner for access, or sign in with an account or with permissions that allow it.',
  conflict: { step: 'name', conflict: ['replace', 'rename'] },
  precondition: 'The item has changed since it was read. Read it again, then repeat the change.',
  quota: 'Free some space in the drive (the recycle bin uses space too), or get more, then try again.',
  throttled: 'The service is throttling requests. Try again in a few minutes, with fewer requests at a time.',
  locked: 'Another user is editing or has checked out the item. Try again when it is closed.',
  resync: 'The service no longer has the changes since that delta link. Start again without it.',
  service: 'The service has a problem. Try again later.',
};

/** For the embedded server: its drive has space, but the local disk is full. */
const fullDisk =
  'Free some space on the local disk that holds the embedded drive. Deleting from the drive works without free space.';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Returns the codes of an `error` object and of its inner errors, to a depth of 20. */
function codesOf(error: Readonly<Record<string, unknown>>): string[] {
  const codes: string[] = [];
  let level: unknown = error;
  for (let depth = 0; isRecord(level) && depth < 20; depth++) {
    const code = textOf(level['code']);
    if (code !== undefined) codes.push(serviceText(code));
    level = level['innerError'] ?? level['innererror'];
  }
  return codes;
}

/**
 * Parses Graph's format, the identity service's (`error` is a text, AADSTS in the description), or neither.
 * Never throws.
 */
export function readErrorFacts(body: string): ErrorFacts {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { codes: [], message: undefined };
  }
  const error = isRecord(parsed) ? parsed['error'] : undefined;
  if (typeof error === 'string' && isRecord(parsed)) {
    const description = textOf(parsed['error_description'])?.split(/\r?\n/)[0];
    return { codes: [serviceText(error)], message: description };
  }
  if (!isRecord(error)) return { codes: [], message: undefined };
  return { codes: codesOf(error), message: textOf(error['message']) ?? textOf(error['localizedMessage']) };
}

function reasonOf(facts: ErrorFacts, status: number, body: string): string {
  if (facts.message !== undefined && !/<html|<!doctype/i.test(facts.message))
    return serviceText(facts.message);
  const code = facts.codes.at(-1);
  if (code !== undefined) return `the service returned ${code}`;
  if (body.trim() === '') return `the server returned status ${status} without a reason`;
  if (/^\s*</.test(body)) return `the server returned status ${status} with a web page instead of data`;
  return `the server returned status ${status} with data that is not JSON`;
}

/** A service that is down for longer than the maximum wait requests a pause, like one that throttles. */
function patientCode(code: ErrorCode, waitMs = 0): ErrorCode {
  return code === 'service' && waitMs > defaultRetryLimits.maxWaitMs ? 'throttled' : code;
}

/**
 * @param what completes "Could not …": `list the children of /Documents`.
 * @param body the text of the response, possibly truncated.
 */
export function graphErrorOf(what: string, status: number, headers: HeaderMap, body: string): GraphError {
  const facts = readErrorFacts(body);
  // Without the response's own Date, a date cannot be converted to a duration: there is no clock here.
  const waitMs = retryAfterMs(headers, Number.NaN);
  const code = patientCode(errorCodeOf(status, facts.codes), waitMs);
  const reason = reasonOf(facts, status, body).replace(/\.$/, '');
  const named = facts.codes[0] === undefined ? `status ${status}` : `${status} ${facts.codes[0]}`;
  const hint = facts.codes.includes('localDiskFull') ? fullDisk : hints[code];
  return new GraphError(
    code,
    `Could not ${what}: ${reason} (${named}).`,
    {
      status,
      codes: facts.codes,
      requestId: headers['request-id'],
      retryAfterMs: waitMs,
    },
    hint === undefined ? {} : { hint },
  );
}
