import { expect, test } from 'vitest';
import { decode, decoderFor, redecode } from './encoding.ts';
import type { World } from './world.ts';

const worldWith = (raw: readonly Uint8Array[] | undefined) =>
  ({ rawArguments: async () => raw }) as unknown as World;
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('the command line is decoded from its bytes, where the system shows them', async () => {
  const raw = [new TextEncoder().encode('ls'), bytes(0xd4, 0xee, 0xf2, 0xee)];
  expect(await redecode(['ls', '\ufffd\ufffd\ufffd\ufffd'], 'windows-1251', worldWith(raw))).toEqual([
    'ls',
    'Фото',
  ]);
});

test('words of plain ASCII are the same in every encoding and need no bytes', async () => {
  expect(await redecode(['ls', 'a'], 'koi8-r', worldWith(undefined))).toEqual(['ls', 'a']);
});

test('where the bytes cannot be seen another encoding is refused, not guessed', async () => {
  await expect(redecode(['Фото'], 'koi8-r', worldWith(undefined))).rejects.toMatchObject({
    code: 'not-supported',
  });
});

test('a command line that is not UTF-8 is refused instead of naming another file', async () => {
  await expect(redecode(['\ufffd'], 'utf-8', worldWith(undefined))).rejects.toMatchObject({ code: 'usage' });
});

test.each(['', 'detect', 'klingon'])('the encoding "%s" is refused', (label) => {
  expect(() => decoderFor(label)).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('text in another encoding than the given one is refused', () => {
  expect(() => decode(decoderFor('utf-8'), bytes(0xff), 'stdin')).toThrow('stdin is not valid utf-8.');
});
