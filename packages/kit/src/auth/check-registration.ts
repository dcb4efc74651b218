/**
 * Checks a client id with two requests that need no user: a silent authorization request, whose error shows
 * whether the id, the tenant and the redirect address are registered; and a device code request, which shows
 * whether the application may use device codes.
 */
import { isOneDriveError } from '../errors/index.ts';
import { readText } from '../http/read.ts';
import type { Clock } from '../platform/clock.ts';
import { requestDeviceCode } from './grants/device-code.ts';
import { refusalError } from './oauth-fault.ts';
import type { OAuthSession } from './oauth-session.ts';

export interface RegistrationFinding {
  readonly what: 'application' | 'application and redirect address' | 'device code';
  readonly ok: boolean;
  /** The problem and the solution; '' if there is no problem. */
  readonly message: string;
}

export interface CheckOptions {
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** The application has no user: it has no redirect address and no device codes. */
  readonly forItself: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Errors that mean: everything is correct, but a user has to sign in. */
const onlyAPersonIsMissing =
  /AADSTS(50058|16000|65001|50076|50079|50034)\b|login_required|interaction_required|consent_required/;

/** Errors that mean: the id exists but has no redirect address. */
const onlyAnAddressIsMissing = /AADSTS(50011|500113|900971)\b/;

/** Runs the checks. @throws OneDriveError `network`, `service`, `throttled`: the result is unknown then. */
export async function checkRegistration(
  session: OAuthSession,
  options: CheckOptions,
): Promise<readonly RegistrationFinding[]> {
  const known = await silentRequest(session, options);
  return options.forItself ? [known] : [known, await deviceCode(session, options)];
}

async function silentRequest(
  { endpoints, clientId, transport }: OAuthSession,
  { scopes, redirectUri, forItself, signal }: CheckOptions,
): Promise<RegistrationFinding> {
  const what = forItself ? 'application' : 'application and redirect address';
  const url = new URL(endpoints.server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    prompt: 'none',
  }).toString();
  const response = await transport({
    method: 'GET',
    url: url.href,
    headers: { accept: 'text/html' },
    signal,
  });
  const text = await readText(response, { limit: 1 << 20 });
  const back = response.headers['location'] ?? '';
  const words = back.startsWith(redirectUri) ? decodeURIComponent(back.replaceAll('+', ' ')) : text;
  const code = /AADSTS\d{4,8}/.exec(words)?.[0];
  // A page without an error is the sign-in page; a redirect to the redirect address means that the address
  // is registered.
  const isKnown = onlyAPersonIsMissing.test(words) || (forItself && onlyAnAddressIsMissing.test(words));
  if (isKnown || (code === undefined && response.status < 400)) return { what, ok: true, message: '' };
  return { what, ok: false, message: told(code ?? 'unknown') };
}

async function deviceCode(
  session: OAuthSession,
  { scopes, clock, signal }: CheckOptions,
): Promise<RegistrationFinding> {
  try {
    await requestDeviceCode(session, scopes, { clock, signal });
    return { what: 'device code', ok: true, message: '' };
  } catch (error) {
    if (!isOneDriveError(error) || ['network', 'service', 'throttled'].includes(error.code)) throw error;
    return { what: 'device code', ok: false, message: [error.message, error.hint].filter(Boolean).join(' ') };
  }
}

function told(code: string): string {
  const { message, hint } = refusalError({ error: 'invalid_request', description: code });
  return [message, hint].filter(Boolean).join(' ');
}
