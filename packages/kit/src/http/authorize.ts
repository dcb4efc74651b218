/**
 * Signs requests with a bearer token, one that is valid at each attempt: below `retry`, so that a request that
 * waited out a Retry-After gets a fresh one. Signs for the named origins only: a token sent to a download or an
 * upload host leaks.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import { discard } from './read.ts';
import type { TokenCredential } from './token-credential.ts';
import type { HttpRequest, HttpResponse, TransportDecorator } from './transport.ts';

export interface AuthorizeOptions {
  /** The only origins that get a token, for example `https://graph.microsoft.com`; a longer URL counts by its origin. */
  readonly origin: string | readonly string[];
  /** What the token is for, as the credential understands it. */
  readonly scopes: string | readonly string[];
}

/**
 * Adds `Authorization: Bearer …`. After a 401 it asks the credential once for another token and repeats the request,
 * where its body can be sent again: a 401 means that nothing was done.
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
 * Continuous access evaluation: a good token of which the API wants to know more. The claims go to the sign-in service.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
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
    hint: 'Only the API itself gets the token; fetch links that the service hands out without signing.',
  });
}
