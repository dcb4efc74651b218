import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveTester, liveTester } from './asking.ts';

const sharp = await import('sharp').then(
  (module) => module.default,
  () => undefined,
);

let live: LiveTester;
beforeEach(async () => {
  live = await liveTester();
});
afterEach(() => live.close());

/** A JPEG with the metadata that cameras write. */
async function photo(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  if (sharp === undefined) throw new Error('sharp is not installed here');
  const image = sharp({ create: { width, height, channels: 3, background: '#369' } });
  const bytes = await image
    .withExif({
      IFD0: { Make: 'Nokia', Model: 'Lumia 920' },
      IFD2: {
        DateTimeOriginal: '2012:02:29 06:28:23',
        ExposureTime: '1/250',
        FNumber: '2/1',
        FocalLength: '26/1',
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '47/1 38/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '122/1 7/1 30/1',
        GPSAltitude: '12/1',
      },
    })
    .jpeg()
    .toBuffer();
  return Uint8Array.from(bytes);
}

interface Photo {
  readonly id: string;
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly source: string;
  readonly images: readonly { type: string; width: number; height: number; source: string }[];
}

async function put(bytes: Uint8Array<ArrayBuffer>, query = ''): Promise<Photo> {
  const made = await live.ask('PUT', `me/skydrive/files/p.jpg${query}`, { body: bytes });
  return (await live.ask('GET', made.json.id as string)).json as Photo;
}

const png1x1 = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (char) => char.charCodeAt(0),
);

describe.skipIf(sharp === undefined)('photos', () => {
  test('size, time, location and camera are read from the content', async () => {
    expect(await put(await photo(600, 400))).toMatchObject({
      type: 'photo',
      width: 600,
      height: 400,
      when_taken: '2012-02-29T06:28:23+0000',
      camera_make: 'Nokia',
      camera_model: 'Lumia 920',
      focal_ratio: 2,
      focal_length: 26,
      exposure_numerator: 1,
      exposure_denominator: 250,
      location: { latitude: 47 + 38 / 60, longitude: expect.closeTo(-122.125, 6), altitude: 12 },
    });
  });

  test('renditions are images of the stated size', async () => {
    const { images } = await put(await photo(1200, 600));
    expect(images.map(({ type, width, height }) => [type, width, height])).toEqual([
      ['normal', 800, 400],
      ['album', 176, 88],
      ['thumbnail', 96, 48],
      ['full', 1200, 600],
    ]);
    for (const { source, width, height } of images) {
      const answer = await live.ask('GET', source, { token: null });
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(await sharp?.(answer.bytes).metadata()).toMatchObject({ width, height });
    }
  });

  test('a picture is a redirect to a rendition', async () => {
    const { id } = await put(await photo(600, 400));
    const answer = await live.ask('GET', `${id}/picture?type=album`);
    expect(answer.status).toBe(302);
    const image = await live.ask('GET', answer.headers.get('location') ?? '', { token: null });
    expect(await sharp?.(image.bytes).metadata()).toMatchObject({ width: 176 });
    expect((await live.ask('GET', `${id}/picture?type=huge`)).status).toBe(400);
  });

  test('a photo of more than 2048 pixels is scaled down during the upload, and keeps its metadata', async () => {
    const bytes = await photo(3000, 1500);
    const scaled = await put(bytes, '?downsize_photo_uploads=true');
    expect(scaled).toMatchObject({ width: 2048, height: 1024, camera_make: 'Nokia' });
    expect(scaled.size).not.toBe(bytes.byteLength);
    expect(await put(bytes)).toMatchObject({ width: 2048 });
    const kept = await put(bytes, '?downsize_photo_uploads=false');
    expect(kept).toMatchObject({ width: 3000, size: bytes.byteLength });
    expect((await live.ask('GET', kept.source)).bytes).toEqual(bytes);
  });

  test('a small one is kept unchanged', async () => {
    const bytes = await photo(2048, 100);
    expect((await live.ask('GET', (await put(bytes)).source)).bytes).toEqual(bytes);
  });
});

test('the size of an image is read without the image library', async () => {
  const made = await live.ask('PUT', 'me/skydrive/files/p.png', { body: png1x1 });
  expect((await live.ask('GET', made.json.id as string)).json).toMatchObject({
    width: 1,
    height: 1,
    when_taken: null,
  });
});

test('a file that is a photo only by name has no size, and is not rendered', async () => {
  const made = await live.ask('PUT', 'me/skydrive/files/p.jpg', { body: 'not really' });
  const { json } = await live.ask('GET', made.json.id as string);
  expect(json).toMatchObject({ type: 'photo', width: 0, height: 0, images: [] });
  expect((await live.ask('GET', json.picture as string, { token: null })).status).toBeGreaterThanOrEqual(400);
});

test('the address of a rendition cannot be forged', async () => {
  for (const ticket of ['1.2.zzzzzz.AAAA', 'x', '1.2.3'])
    expect((await live.ask('GET', `https://apis.live.net/_live/images/${ticket}/normal/x`)).status).toBe(401);
});

test('a user has a picture', async () => {
  const answer = await live.ask('GET', 'me/picture');
  expect(answer.status).toBe(302);
  const image = await live.ask('GET', answer.headers.get('location') ?? '', { token: null });
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/gif']);
});
