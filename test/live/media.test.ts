import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readMediaFacts } from '../../packages/server/src/media/media-facts.ts';
import { type LiveTester, liveTester } from './asking.ts';
import { avi, type File, mp4, wav } from './media-files.ts';

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

async function described(name: string, body: File): Promise<Record<string, unknown>> {
  const { json } = await live.ask('PUT', `me/skydrive/files/${name}`, { body });
  return (await live.ask('GET', json.id as string)).json as Record<string, unknown>;
}

test('an audio file has its duration, its title and its artist', async () => {
  expect(await described('a.wav', wav(3, 'Low tide', 'The Shore'))).toMatchObject({
    type: 'audio',
    duration: 3000,
    title: 'Low tide',
    artist: 'The Shore',
    album: null,
    genre: null,
  });
});

test('a video has its size in pixels, its duration in milliseconds and its bit rate', async () => {
  const film = mp4({ width: 640, height: 360, seconds: 5 });
  expect(await described('a.mp4', film)).toMatchObject({
    type: 'video',
    width: 640,
    height: 360,
    duration: 5000,
    bitrate: Math.round((film.byteLength * 8) / 5),
  });
  expect(await described('b.mov', mp4({ width: 640, height: 360, seconds: 1, turned: true }))).toMatchObject({
    width: 360,
    height: 640,
  });
  expect(await described('c.avi', avi(320, 240, 50))).toMatchObject({
    width: 320,
    height: 240,
    duration: 2000,
  });
});

test('new content gives new metadata', async () => {
  await described('a.mp4', mp4({ width: 640, height: 360, seconds: 5 }));
  expect(await described('a.mp4', mp4({ width: 1280, height: 720, seconds: 7 }))).toMatchObject({
    width: 1280,
    duration: 7000,
  });
});

test('a file that is audio or video only by name has no metadata', async () => {
  const unknown = { duration: 0, title: null, artist: null };
  expect(await described('x.mp3', Uint8Array.of(1, 2, 3))).toMatchObject(unknown);
  expect(await described('x.mp4', new Uint8Array(0))).toMatchObject({ width: 0, height: 0, bitrate: 0 });
});

test('the metadata parser never throws', async () => {
  const whole = mp4({ width: 64, height: 36, seconds: 1 }).subarray(65536);
  const sound = wav(1, 'a', 'b').subarray(0, 120);
  const damaged = fc.tuple(
    fc.constantFrom(whole, sound),
    fc.array(fc.tuple(fc.nat({ max: 119 }), fc.nat({ max: 255 })), { maxLength: 8 }),
    fc.nat({ max: 700 }),
  );
  await fc.assert(
    fc.asyncProperty(
      damaged,
      fc.constantFrom('video/mp4', 'audio/wav'),
      async ([file, holes, length], type) => {
        const bytes = Uint8Array.from(file.subarray(0, length));
        for (const [at, value] of holes) if (at < bytes.length) bytes[at] = value;
        const read = async (start: number, end: number) => bytes.slice(start, end);
        const facts = await readMediaFacts({ size: bytes.length, type, read }, 7);
        expect(facts.contentVersion).toBe(7);
        expect(facts.durationMs).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
