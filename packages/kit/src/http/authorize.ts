/**
 * Adds a bearer token to requests. It wraps the transport inside `retry`, so that an attempt after a long
 * Retry-After gets a fresh token. Only the listed origins get the token: sent to a download or upload host,
 * it would leak.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import { discard } from './read.ts';
import type { TokenCredential } from './token-credential.ts';
import type { HttpRequest, HttpResponse, TransportDecorator } from './transport.ts';

export interface AuthorizeOptions {
  /**
   * The only origins that get a token, for example `https://graph.microsoft.com`; of a longer URL the origin
   * is used.
   */
  readonly origin: string | readonly string[];
  /** Scopes of the token, as the credential expects them. */
  readonly scopes: string | readonly string[];
}

/**
 * Adds `Authorization: Bearer …`. After a 401 it requests another token from the credential once and repeats
 * the request if its body can be sent again: a 401 means that the request had no effect.
 * @throws OneDriveError `usage` for a request to any other origin, `auth-required` when there is no token.
 */
export function authorize(
  credential: TokenCredential,
  { origin, scopes }: AuthorizeOptions,
): TransportDecorator {
  const origins = new Set([origin].flat().map((url) => new URL(url).origin));
  const wanted = typeof scopes === 'string' ? scopes : [...scopes];
  const tokenFor = async (request: HttpRequest, rejectedToken?: string, claims?: string) => {
    const answer = await credential.getToken(wanted, {
      ...(request.signal ? { abortSignal: request.signal } : {}),
      ...(rejectedToken === undefined ? {} : { rejectedToken }),
      ...(claims === undefined ? {} : { claims }),
    });
    if (answer) return answer.token;
    throw new OneDriveError('auth-required', 'You are not signed in.', { hint: signInAgain });
  };
  return (inner) => async (request) => {
    refuseForeign(request.url, origins);
    const token = await tokenFor(request);
    const response = await inner(signed(request, token));
    if (!worthAnotherToken(request, response)) return response;
    const fresh = await tokenFor(request, token, demandedClaims(response));
    if (fresh === token) return response;
    await discard(response);
    return inner(signed(request, fresh));
  };
}

function signed(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

/**
 * Continuous access evaluation: the token is valid but the API requires more claims, which are passed to the
 * sign-in service. https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
function demandedClaims({ headers }: HttpResponse): string | undefined {
  const challenge = headers['www-authenticate'] ?? '';
  const encoded = /\bclaims="([A-Za-z0-9+/=_-]+)"/.exec(challenge)?.[1];
  if (encoded === undefined || !challenge.includes('insufficient_claims')) return undefined;
  try {
    return atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}

function worthAnotherToken(request: HttpRequest, response: HttpResponse): boolean {
  return response.status === 401 && (request.body?.replayable ?? true);
}

function refuseForeign(url: string, origins: ReadonlySet<string>): void {
  const { origin, host } = new URL(url);
  if (origins.has(origin)) return;
  throw new OneDriveError('usage', `Refused to send the access token to ${host}.`, {
    hint: 'The token is sent only to the API. Fetch pre-authenticated URLs without a token.',
  });
}
