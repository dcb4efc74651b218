import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkVerifier, readChallenge } from './pkce.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
const unreserved = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~');
const verifiers = fc.string({ unit: fc.constantFrom(...unreserved), minLength: 43, maxLength: 128 });
const methods = fc.constantFrom('S256' as const, 'plain' as const);
const challengeOf = (verifier: string, method: 'S256' | 'plain') =>
  method === 'S256' ? digest(verifier) : verifier;

it('the example of RFC 7636, appendix B', () => {
  const challenge = readChallenge('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', 'S256');
  expect(() => checkVerifier(challenge, 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', digest)).not.toThrow();
});

it('a verifier passes its own challenge, and no other verifier does', () => {
  fc.assert(
    fc.property(verifiers, verifiers, methods, (verifier, other, method) => {
      const challenge = readChallenge(challengeOf(verifier, method), method);
      expect(() => checkVerifier(challenge, verifier, digest)).not.toThrow();
      if (other !== verifier) expect(() => checkVerifier(challenge, other, digest)).toThrow(/code_challenge/);
    }),
  );
});

it('a challenge without a verifier, and a verifier without a challenge, are refused; without both the check passes', () => {
  fc.assert(
    fc.property(verifiers, methods, (verifier, method) => {
      const challenge = readChallenge(challengeOf(verifier, method), method);
      expect(() => checkVerifier(challenge, undefined, digest)).toThrow();
      expect(() => checkVerifier(undefined, verifier, digest)).toThrow();
    }),
  );
  expect(() => checkVerifier(undefined, undefined, digest)).not.toThrow();
});

it('a challenge is 43 to 128 unreserved characters', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 140 }), methods, (text, method) => {
      const good =
        text.length >= 43 &&
        text.length <= 128 &&
        Array.from(text).every((char) => unreserved.includes(char));
      if (good) expect(readChallenge(text, method)).toEqual({ method, value: text });
      else expect(() => readChallenge(text, method)).toThrow();
    }),
  );
});
