import { expect, test } from 'vitest';
import { contentWriter, isBinary } from './binary-guard.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['text', utf8('plain\n'), false],
  ['text with a character that is cut off', utf8('naïve 資').subarray(0, -1), false],
  ['an escape sequence', utf8('\u001b[31mred'), false],
  ['a NUL', utf8('a\0b'), true],
  ['Latin-1', Uint8Array.of(0x66, 0xfc, 0x72), true],
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), true],
  ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), true],
  ['nothing', new Uint8Array(0), false],
])('%s: binary is %s', (_, bytes, expected) => {
  expect(isBinary(bytes)).toBe(expected);
});

function stdout(isTTY: boolean) {
  const written: string[] = [];
  return {
    written,
    isTTY,
    columns: undefined,
    write: async (bytes: string | Uint8Array) =>
      void written.push(Buffer.from(bytes as string).toString('latin1')),
  };
}

test('a terminal gets no binary content, and nothing of it', async () => {
  const screen = stdout(true);
  const write = contentWriter(screen, 'elsewhere');
  await write(new Uint8Array(0));
  await expect(write(Uint8Array.of(0xff, 0xd8))).rejects.toMatchObject({ code: 'usage', hint: 'elsewhere' });
  expect(screen.written).toEqual(['']);
});

test('a terminal gets text, a pipe gets everything', async () => {
  const [screen, pipe] = [stdout(true), stdout(false)];
  await contentWriter(screen, '')(utf8('text'));
  await contentWriter(pipe, '')(Uint8Array.of(0, 1));
  expect([screen.written, pipe.written]).toEqual([['text'], ['\0\u0001']]);
});
