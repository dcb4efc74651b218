import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relatedBoundary, relatedParts } from './related-parts.ts';

const utf8 = new TextEncoder();

describe('a multipart/related body', () => {
  it('returns the bytes of every part unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 }), (contents) => {
        const body = contents.flatMap((bytes, at) => [
          ...utf8.encode(`--B0undary\r\nContent-ID: <part${at}>\r\nContent-Type: text/plain\r\n\r\n`),
          ...bytes,
          ...utf8.encode('\r\n'),
        ]);
        const whole = Uint8Array.from([...body, ...utf8.encode('--B0undary--')]);
        const parts = relatedParts(whole, 'B0undary');
        expect(parts.map(({ id, bytes }) => [id, [...bytes]])).toEqual(
          contents.map((bytes, at) => [`part${at}`, [...bytes]]),
        );
      }),
    );
  });

  it('is refused if the end, the headers or the boundary is missing', () => {
    expect(() => relatedParts(utf8.encode('--B\r\nContent-ID: <a>\r\n\r\nx'), 'B')).toThrow('no end');
    expect(() => relatedParts(utf8.encode('--Bx--B--'), 'B')).toThrow('no headers');
    expect(() => relatedBoundary('multipart/related')).toThrow('boundary');
    expect(relatedBoundary('multipart/related; boundary="A 1"')).toBe('A 1');
  });
});
