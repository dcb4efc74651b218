/**
 * Proof Key for Code Exchange: only the client that started a sign-in can redeem its code.
 * https://www.rfc-editor.org/rfc/rfc7636
 */
import { refusals } from './aadsts.ts';
import { sameSecret } from './secrets.ts';

export interface Challenge {
  readonly method: 'S256' | 'plain';
  readonly value: string;
}

/** RFC 7636 §4.1, §4.2: verifier and challenge have 43 to 128 unreserved characters. */
const shape = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * The challenge of an authorization request, or undefined if there is none. The default method is `plain` (RFC 7636 §4.3).
 * @throws OAuthRefusal 501491 for a malformed challenge, 9002313 for an unknown method.
 */
export function readChallenge(value: string | undefined, method: string | undefined): Challenge | undefined {
  if (value === undefined && method === undefined) return undefined;
  if (method !== undefined && method !== 'S256' && method !== 'plain') {
    throw refusals.malformed("The parameter 'code_challenge_method' must be S256 or plain.");
  }
  if (value === undefined || !shape.test(value)) throw refusals.challengeSize();
  return { method: method ?? 'plain', value };
}

/**
 * Checks the verifier that was sent with a code. A verifier for a code without a challenge is refused too, because an
 * attacker may have removed the challenge from the request (RFC 9700 §4.8.2).
 * @param digest SHA-256 as base64url.
 * @throws OAuthRefusal `invalid_grant`
 */
export function checkVerifier(
  challenge: Challenge | undefined,
  verifier: string | undefined,
  digest: (text: string) => string,
): void {
  if (challenge === undefined && verifier === undefined) return;
  if (verifier === undefined) throw refusals.verifierMissing();
  if (challenge === undefined || !shape.test(verifier)) throw refusals.verifierMismatch();
  const derived = challenge.method === 'S256' ? digest(verifier) : verifier;
  if (!sameSecret(digest, derived, challenge.value)) throw refusals.verifierMismatch();
}
