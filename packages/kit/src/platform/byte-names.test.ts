import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOfName, hasRawBytes, nameOfBytes } from './byte-names.ts';

const bytesOf = (...values: number[]) => Uint8Array.from(values);

it('a valid UTF-8 name is unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(nameOfBytes(bytes)).toBe(text);
      expect(hasRawBytes(text)).toBe(false);
    }),
  );
});

it('any bytes are unchanged after decoding and encoding', () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xe9, 0xc3, 0xed, 0xa0, 0xff, 0xf0),
  );
  fc.assert(
    fc.property(fc.array(byte), (values) => {
      expect(bytesOfName(nameOfBytes(bytesOf(...values)))).toEqual(bytesOf(...values));
    }),
  );
});

it('a byte that cannot be decoded becomes a lone surrogate', () => {
  expect(nameOfBytes(bytesOf(0x63, 0x61, 0x66, 0xe9))).toBe('caf\udce9');
  expect(hasRawBytes('caf\udce9')).toBe(true);
  expect(hasRawBytes('smile \u{1f680}')).toBe(false);
});
