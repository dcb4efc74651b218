import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHashLine, hexOfBase64, kindOfHash, parseHashLine, sameHash } from './hash-lines.ts';

const hex = (length: number) =>
  fc.string({
    unit: fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16)),
    minLength: length,
    maxLength: length,
  });

describe('a line of a hash', () => {
  it('is read as it was written, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.oneof(hex(8), hex(40), hex(64)),
        fc.string({ unit: 'binary', minLength: 1 }),
        (hash, path) => {
          const line = formatHashLine({ hash, path });
          expect(line.endsWith('\n')).toBe(true);
          expect(line.slice(0, -1)).not.toContain('\n');
          expect(parseHashLine(line.slice(0, -1))).toEqual({ hash, path });
        },
      ),
    );
  });

  it.each([
    ['da39a3ee5e6b4b0d3255bfef95601890afd80709 *a b.txt', 'a b.txt'],
    ['SHA1 (a (1).txt) = da39a3ee5e6b4b0d3255bfef95601890afd80709', 'a (1).txt'],
    ['\\da39a3ee5e6b4b0d3255bfef95601890afd80709  a\\\\n\\nb', 'a\\n\nb'],
  ])('%j is of %j', (line, path) => {
    expect(parseHashLine(line)).toEqual({ hash: 'da39a3ee5e6b4b0d3255bfef95601890afd80709', path });
  });

  it.each(['', '# note', 'da39  a.txt', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'])('%j is none', (line) => {
    expect(parseHashLine(line)).toBeUndefined();
  });
});

describe('a hash', () => {
  it('of each kind is recognized by its format', () => {
    expect(['0'.repeat(8), '0'.repeat(40), '0'.repeat(64), `${'A'.repeat(27)}=`].map(kindOfHash)).toEqual([
      'crc32',
      'sha1',
      'sha256',
      'quickxor',
    ]);
  });

  it('is the same in hexadecimal of either case and in base64', () => {
    expect(hexOfBase64('YQAAAAAAAAAAAAAAAQAAAAAAAAA=')).toBe(`61${'00'.repeat(11)}01${'00'.repeat(7)}`);
    expect(sameHash('YQAAAAAAAAAAAAAAAQAAAAAAAAA=', hexOfBase64('YQAAAAAAAAAAAAAAAQAAAAAAAAA='))).toBe(true);
    expect(sameHash('AB', 'ab')).toBe(true);
  });
});
