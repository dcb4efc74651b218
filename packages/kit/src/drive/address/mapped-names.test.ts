import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameProblem } from './item-names.ts';
import { mapName, unmapName } from './mapped-names.ts';

const unit = fc.oneof(
  fc.constantFrom(...Array.from('"*:<>?\\|&#39; ._~aCON\u0000\u001f\u007f\u0085\u009f\u201bu0041')),
  fc.constantFrom(
    '：',
    '＊',
    '\u2400',
    '\u2420',
    '．',
    '＆',
    'ＡＢ',
    '\udce9',
    '\udc80',
    '\u{1f680}',
    '_vti_',
    'é',
  ),
);
const name = fc.oneof(
  fc.array(unit, { minLength: 1, maxLength: 20 }).map((parts) => parts.join('')),
  fc.constantFrom(
    'CON',
    'con.txt',
    'LPT1.a.b',
    '.lock',
    'Desktop.ini',
    '~x',
    'a_VTI_b',
    '_vti_vti_',
    ' ',
    '...',
  ),
);

describe('mapped names', () => {
  it('are allowed by OneDrive, and can be converted back to the local name', () => {
    fc.assert(
      fc.property(name, (local) => {
        const mapped = mapName(local);
        expect(nameProblem(mapped)).toBeUndefined();
        expect(unmapName(mapped)).toBe(local);
      }),
      { numRuns: 300 },
    );
  });

  it('are the local names if OneDrive allows them', () => {
    for (const plain of ['a.txt', 'ＡＢＣ.txt', 'naïve & co', 'a b']) expect(mapName(plain)).toBe(plain);
    expect(mapName('R&D.txt')).toBe('R&D.txt');
    expect(mapName('what?.txt')).toBe('what？.txt');
  });

  it('every item name has a local name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void unmapName(text)));
    expect(unmapName('\u201bx')).toBe('\u201bx');
  });
});
