/**
 * Converts an error of the sign-in service to one error with a solution. The service's own text is reduced to
 * the number and the trace ids, because it names accounts and repeats the request.
 */

import { signInAgain } from '../errors/hint.ts';
import { type ErrorCode, OneDriveError } from '../errors/index.ts';
import { aadsts, type Next, type SignInFault } from './aadsts.ts';

/** The members of an OAuth error response that are read. */
export interface OAuthRefusal {
  readonly error: string;
  readonly description?: string | undefined;
}

/**
 * Meanings of the codes of RFC 6749 §5.2, RFC 8628 §3.5 and OpenID Connect, for errors without a known AADSTS
 * number.
 */
const byError: Readonly<Record<string, SignInFault>> = {
  invalid_grant: fault('auth-required', 'the sign-in is no longer valid', signInAgain),
  interaction_required: fault('auth-required', 'the service requires user interaction', signInAgain),
  login_required: fault('auth-required', 'not signed in', signInAgain),
  consent_required: fault('auth-failed', 'consent is missing', [
    signInAgain,
    'Accept the permissions that the application requests.',
  ]),
  access_denied: fault('auth-failed', 'the request was declined', [
    signInAgain,
    'Accept the permissions that the application requests.',
  ]),
  authorization_declined: fault('auth-failed', 'the request was declined', [
    signInAgain,
    'Accept the permissions that the application requests.',
  ]),
  expired_token: fault('auth-failed', 'the device code has expired', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  bad_verification_code: fault('auth-failed', 'the device code does not exist', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  invalid_client: fault(
    'config',
    'the client id or the client secret is wrong',
    'Check the `client` section of the configuration.',
  ),
  unauthorized_client: fault(
    'config',
    'the application may not use this kind of sign-in',
    'Check `client.id`, and the platforms in the app registration.',
  ),
  invalid_scope: fault('config', 'a scope is not valid', 'Check `scopes` of the profile.'),
  invalid_resource: fault(
    'config',
    'the resource does not exist in this tenant',
    'Check `tenant`, `cloud` and `scopes` of the profile.',
  ),
  invalid_tenant: fault('config', 'there is no such tenant', 'Check `tenant` of the profile.'),
  unsupported_grant_type: fault(
    'config',
    'the service does not support this kind of sign-in',
    'Check `endpoints` and `tenant` of the profile.',
  ),
  invalid_request: fault('auth-failed', 'the request was malformed', [
    signInAgain,
    'If the error remains, check `client.id` and `scopes`.',
  ]),
  temporarily_unavailable: fault('service', 'the service is busy', 'Try again in a minute.'),
  server_error: fault('service', 'the service failed', 'Try again in a minute.'),
};

function fault(code: ErrorCode, what: string, next: Next): SignInFault {
  return { code, what, next };
}

/** Returns one error for a refusal: by its AADSTS number if that is known, otherwise by its OAuth code. */
export function refusalError({ error, description = '' }: OAuthRefusal): OneDriveError {
  const number = aadstsNumber(description);
  const known = (number === undefined ? undefined : aadsts[number]) ?? byError[error];
  const marks = [
    number === undefined ? codeWord(error) : `AADSTS${String(number)}`,
    traceId(description),
  ].filter(Boolean);
  const { code, what, next } = known ?? fault('auth-failed', 'for an unknown reason', signInAgain);
  return new OneDriveError(code, `Microsoft refused the sign-in: ${what} (${marks.join(', ')}).`, {
    hint: next,
  });
}

function aadstsNumber(description: string): number | undefined {
  const digits = /AADSTS(\d{4,8})/.exec(description)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** An OAuth error code is a short word; anything longer or unusual is not shown. */
function codeWord(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown error';
}

/** The id for a support case: "Trace ID: …" in the service's text, a GUID. */
function traceId(description: string): string | undefined {
  const id = /Trace ID: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i.exec(description)?.[1];
  return id === undefined ? undefined : `trace ${id}`;
}
