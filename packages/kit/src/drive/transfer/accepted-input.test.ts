import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import type { UploadInput } from './accepted-input.ts';

const bytes = new TextEncoder().encode('hello');
async function* textChunks() {
  yield 'hel';
  yield 'lo';
}

const inputs: Readonly<Record<string, () => UploadInput>> = {
  text: () => 'hello',
  'a Uint8Array': () => bytes,
  'an ArrayBuffer': () => bytes.slice().buffer,
  'a DataView of a part of a buffer': () => new DataView(new TextEncoder().encode('>hello<').buffer, 1, 5),
  'a Blob': () => new Blob(['hello']),
  'a File': () => new File(['hello'], 'other.txt'),
  'a web stream': () => new Blob(['hello']).stream(),
  'the body of a Response': () => new Response('hello').body as ReadableStream<Uint8Array>,
  'a web stream without an async iterator': () => {
    const reader = new Blob(['hello']).stream().getReader();
    return { getReader: () => reader };
  },
  'a Node Readable of bytes': () => Readable.from([bytes]),
  'a Node Readable of text': () => Readable.from(['hel', 'lo']),
  'an async iterable of text': () => textChunks(),
  'a stream in an object': () => ({ stream: new Blob(['hello']).stream() }),
  'a stream of known size': () => ({ stream: Readable.from([bytes]), size: 5 }),
};

describe('an upload', () => {
  it.each(Object.entries(inputs))('accepts %s', async (_, input) => {
    const { drive } = await embeddedDrive();
    await drive.upload(input(), '', { name: 'a.txt' });
    expect(new TextDecoder().decode(await drive.read('a.txt'))).toBe('hello');
  });

  it.each([null, undefined, 5, true, {}, { stream: 'text' }, { stream: {} }, [1, 2], () => 'x'])(
    'refuses %j with a list of what is accepted, before any request',
    async (input) => {
      const { drive, asked } = await embeddedDrive();
      await expect(drive.upload(input as unknown as UploadInput, '', { name: 'a' })).rejects.toMatchObject({
        code: 'usage',
        hint: expect.stringContaining('ReadableStream') as string,
      });
      expect(asked).toEqual([]);
    },
  );

  it.each([-1, 1.5, Number.NaN])('refuses a stream of the size %d', async (size) => {
    const { drive } = await embeddedDrive();
    const input = { stream: Readable.from([bytes]), size };
    await expect(drive.upload(input, '', { name: 'a' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('refuses a stream of objects, and leaves no file', async () => {
    const { drive } = await embeddedDrive();
    const input = Readable.from([{ not: 'bytes' }]);
    await expect(drive.upload(input, '', { name: 'a' })).rejects.toMatchObject({ code: 'usage' });
    expect(await drive.exists('a')).toBe(false);
  });

  it('sends a large stream of known size without a temporary file, and refuses one of another size', async () => {
    const { drive } = await embeddedDrive();
    const large = new Uint8Array(12_000_000).fill(7);
    const result = await drive.upload({ stream: new Blob([large]).stream(), size: large.length }, '', {
      name: 'large',
    });
    expect(result.item.size).toBe(large.length);
    const short = { stream: new Blob([large]).stream(), size: large.length + 1 };
    await expect(drive.upload(short, '', { name: 'short' })).rejects.toMatchObject({ code: 'integrity' });
    expect(await drive.exists('short')).toBe(false);
  });
});
