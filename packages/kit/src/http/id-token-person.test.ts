import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personIn } from './id-token-person.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const answer = (claims: unknown) =>
  JSON.stringify({ access_token: 'secret', id_token: `${part({ alg: 'RS256' })}.${part(claims)}.signature` });

describe('the claims of an id token in a log', () => {
  it('are the user and the tenant only', () => {
    const claims = { tid: 't', name: 'Mégan', preferred_username: 'm@c', nonce: 'n', aud: 'a', email: 3 };
    expect(personIn(answer(claims))).toEqual({ tid: 't', name: 'Mégan', preferred_username: 'm@c' });
  });

  it('are undefined if there is no valid id token', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const body of [text, `{"id_token":${JSON.stringify(text)}}`, answer(text)])
          expect(Object.keys(personIn(body) ?? {})).toEqual([]);
      }),
    );
  });
});
