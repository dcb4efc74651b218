/**
 * Does a client id work? Two questions that need no person: a silent authorization request, whose refusal tells whether
 * the id, the tenant and the redirect address are known; and a device code, which tells whether the id may have one.
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
  /** What is wrong, and what to do; '' where nothing is. */
  readonly message: string;
}

export interface CheckOptions {
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** It acts for itself: it has no redirect address and no device codes. */
  readonly forItself: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Refusals that mean: everything is right, but a person has to be asked. */
const onlyAPersonIsMissing =
  /AADSTS(50058|16000|65001|50076|50079|50034)\b|login_required|interaction_required|consent_required/;

/** Refusals that mean: the id is known, and has no redirect address. */
const onlyAnAddressIsMissing = /AADSTS(50011|500113|900971)\b/;

/** Asks what there is to ask. @throws OneDriveError `network`, `service`, `throttled`: nothing is known then. */
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
  // A page without an error is the sign-in page; an answer at the redirect address means that the address is known.
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
