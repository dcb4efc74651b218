import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageSize } from '../media/image-size.ts';
import { fitted } from '../media/rendition.ts';
import { decideFragment, readContentRange, readPacket } from './bits-rules.ts';
import { readLiveId } from './live-id.ts';
import { readLivePath } from './live-path.ts';
import { LiveRefusal } from './live-refusal.ts';
import { liveText } from './live-text.ts';
import { liveTime } from './live-time.ts';
import { boundaryOf, firstPart } from './multipart.ts';

describe('BITS', () => {
  test('for any fragments in any order and number, only the next bytes are accepted', () => {
    const fragment = fc.tuple(fc.nat({ max: 99 }), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), (fragments) => {
        const file: number[] = [];
        for (const [start, length] of fragments) {
          const range = { start, end: Math.min(100, start + length), total: 100 };
          const verdict = decideFragment({ received: file.length, total: 100 }, range);
          if (verdict.kind !== 'take') continue;
          for (let at = start + verdict.skip; at < range.end; at++) file.push(at);
        }
        expect(file).toEqual(Array.from({ length: file.length }, (_, at) => at));
      }),
    );
  });

  test('a changed size, a gap and repeated bytes are distinguished', () => {
    const range = { start: 0, end: 5, total: 10 };
    expect(decideFragment({ received: 0, total: 11 }, range).kind).toBe('other-total');
    expect(decideFragment({ received: 5, total: 10 }, range).kind).toBe('known');
    expect(decideFragment({ received: 0 }, { ...range, start: 1 }).kind).toBe('gap');
  });

  test('a valid content range is parsed, and no input throws', () => {
    expect(readContentRange('Bytes 0-9/10')).toEqual({ start: 0, end: 10, total: 10 });
    for (const odd of [undefined, 'bytes 5-4/10', 'bytes 0-10/10', 'bytes */10', 'bytes=0-9/10', ''])
      expect(readContentRange(odd)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void readContentRange(text)));
    expect(readPacket(' Create-Session ')).toBe('create-session');
  });
});

describe('multipart', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  async function* inPieces(whole: Uint8Array, size: number) {
    for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
  }
  const form = (content: Uint8Array, tail = '') => {
    const head = bytes(
      '--AbC\r\nContent-Disposition: form-data; name="file"; filename="a b.txt"\r\nContent-Type: text/plain\r\n\r\n',
    );
    return Uint8Array.from([...head, ...content, ...bytes(`\r\n--AbC--${tail}`)]);
  };
  async function contentOf(whole: Uint8Array, size: number) {
    const part = await firstPart(inPieces(whole, size), 'AbC');
    const found: number[] = [];
    for await (const chunk of part.content) found.push(...chunk);
    return { part, found };
  }

  test('the content does not depend on how the body is split into chunks', async () => {
    const tricky = fc.array(fc.constantFrom(13, 10, 45, 65, 98, 67, 0), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        tricky,
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('', '\r\n', '\r\nepilogue'),
        async (content, size, tail) => {
          const text = String.fromCharCode(...content);
          fc.pre(!text.includes('\r\n--AbC'));
          const { part, found } = await contentOf(form(Uint8Array.from(content), tail), size);
          expect(found).toEqual(content);
          expect([part.filename, part.type]).toEqual(['a b.txt', 'text/plain']);
        },
      ),
    );
  });

  test('a body without an end is refused instead of stored as a shorter file', async () => {
    const whole = form(bytes('hello'));
    await expect(contentOf(whole.subarray(0, whole.length - 4), 7)).rejects.toBeInstanceOf(LiveRefusal);
    await expect(contentOf(bytes('not a form'), 7)).rejects.toBeInstanceOf(LiveRefusal);
  });

  test('a boundary is found with and without quotes', () => {
    expect(boundaryOf('multipart/form-data; boundary=A300x')).toBe('A300x');
    expect(boundaryOf('Multipart/Form-Data; charset=x; boundary="a b"')).toBe('a b');
    expect(boundaryOf('text/plain')).toBeUndefined();
  });
});

test('every invalid path fails with a LiveRefusal', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('me', 'skydrive', 'files', 'quota', 'my_photos', 'folder.0123456789abcdef', 'comment.x'),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (segments) => {
      try {
        readLivePath(segments);
      } catch (error) {
        expect(error).toBeInstanceOf(LiveRefusal);
      }
    }),
  );
  expect(readLiveId('folder.0123456789abcdef')).toEqual({ kind: 'root', user: '0123456789abcdef' });
  expect(readLiveId('file.0123456789abcdef')).toBeUndefined();
});

test('escaped JSON parses to the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, pretty) => {
      const { text } = liveText(value, { pretty, callback: undefined });
      expect(text).not.toMatch(/[=&]/);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('times are whole seconds in UTC, with a zone that has no colon', () => {
  expect(liveTime(Date.UTC(2012, 1, 29, 6, 28, 23, 999))).toBe('2012-02-29T06:28:23+0000');
});

test('an image fits its square, keeps its aspect ratio and is never enlarged', () => {
  const side = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(96, 176, 800, 2048), (width, height, square) => {
      const size = fitted({ width, height }, square);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(square);
      expect(size.width).toBeLessThanOrEqual(width);
      expect(size.height).toBeLessThanOrEqual(height);
    }),
  );
});

test('the parser of image sizes never throws', () => {
  const heads = [
    [],
    [0xff, 0xd8],
    [0x89, 0x50, 0x4e, 0x47],
    [0x47, 0x49, 0x46, 0x38],
    [0x42, 0x4d],
    [0x52, 0x49, 0x46, 0x46],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 60 }), (head, rest) => {
      void imageSize(Uint8Array.from([...head, ...rest]));
    }),
  );
});
