import { expect, it } from 'vitest';
import { isHeic } from './heic.ts';

const box = (...brands: string[]) => {
  const bytes = new TextEncoder().encode(
    `\0\0\0${String.fromCharCode(8 + brands.join('').length)}ftyp${brands.join('')}`,
  );
  return Uint8Array.from([...bytes, 0, 0, 0, 8]);
};

it.each([
  ['heic', box('heic', '\0\0\0\0', 'mif1'), true],
  ['a compatible brand', box('mif1', '\0\0\0\0', 'heix'), true],
  ['AVIF', box('avif', '\0\0\0\0', 'mif1'), false],
  ['a brand behind the box', Uint8Array.from([...box('avif'), ...new TextEncoder().encode('heic')]), false],
  ['a length of zero', Uint8Array.from([0, 0, 0, 0, 0x66, 0x74, 0x79, 0x70]), false],
  ['a short file', Uint8Array.from([0, 0]), false],
  ['an empty file', new Uint8Array(), false],
])('%s is recognized or not', (_, bytes, expected) => {
  expect(isHeic(bytes)).toBe(expected);
});
