import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxNesting, parseJson, utf8Text } from './bounded-json.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('JSON from clients', () => {
  it('is parsed like JSON.parse, up to the nesting limit', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
    expect(() => parseJson(nested(maxNesting))).not.toThrow();
  });

  it.each([nested(maxNesting + 1), '{"a":'.repeat(200_000), `["\\"${'['.repeat(5)}"${',['.repeat(3000)}`])(
    'is refused beyond the limit: %#',
    (text) => expect(() => parseJson(text)).toThrow(SyntaxError),
  );

  it('may contain brackets in strings', () => {
    const text = JSON.stringify({ a: `\\"${'['.repeat(500)}` });
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });
});

describe('text from clients', () => {
  const read = (...bytes: number[]) =>
    utf8Text(
      (async function* () {
        for (const byte of bytes) yield Uint8Array.of(byte);
      })(),
    );

  it('is decoded across chunks', async () => expect(await read(0xc3, 0xa4, 0x41)).toBe('äA'));

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]], [[0x41, 0xe4, 0x42]]])(
    'is refused if it is not UTF-8: %j',
    async (bytes) => {
      await expect(read(...bytes)).rejects.toThrow(TypeError);
    },
  );
});
