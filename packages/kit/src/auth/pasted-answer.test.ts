import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePastedAnswer } from './pasted-answer.ts';

const code = '0.AXoA-long_enough.Code~123!456*789$';
const read = (text: string) => Object.fromEntries(parsePastedAnswer(text, 'st-1'));

describe('a pasted response', () => {
  it.each([
    ['the address of a loopback redirect', `http://localhost:1234/?code=${code}&state=st-1&session_state=x`],
    [
      'the native-client page',
      `https://login.microsoftonline.com/common/oauth2/nativeclient?code=${code}&state=st-1`,
    ],
    ['a fragment', `https://login.live.com/oauth20_desktop.srf?lc=1033#code=${code}&state=st-1`],
    ['brackets, quotes and spaces around it', `  <"http://localhost:1/?state=st-1&code=${code}">\n`],
    [
      'line breaks of a terminal',
      `http://localhost:1/?state=st-1&co\nde=${code.slice(0, 9)}\r\n  ${code.slice(9)}`,
    ],
    ['only the query', `code=${code}&state=st-1`],
    ['the query with its question mark', `?code=${code}&state=st-1`],
    ['an escaped code', `http://localhost:1/?state=st-1&code=${encodeURIComponent(code)}`],
  ])('is accepted: %s', (_what, text) => {
    expect(read(text)).toMatchObject({ code, state: 'st-1' });
  });

  it('may be the bare code', () => {
    expect(read(`${code}\n`)).toEqual({ code });
  });

  it('may be an error', () => {
    expect(read('http://localhost:1/?error=access_denied&error_description=no&state=st-1')).toMatchObject({
      error: 'access_denied',
    });
  });

  it.each([
    ['another sign-in', `http://localhost:1/?code=${code}&state=st-2`, /another sign-in/],
    ['no state at all', `http://localhost:1/?code=${code}`, /another sign-in/],
    [
      'the sign-in page',
      'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=x&state=st-1',
      /sign-in page/,
    ],
    ['another page', 'https://example.com/?q=1', /no code/],
    ['a word', 'hello', /neither/],
    ['nothing', ' \n', /Nothing/],
  ])('is refused: %s', (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('never appears in a message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (noise) => {
        try {
          read(`http://localhost/?code=hunter2hunter2&state=${noise}`);
        } catch (error) {
          expect(JSON.stringify(error)).not.toContain('hunter2');
        }
      }),
    );
  });
});
