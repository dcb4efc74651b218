/** Thumbnails, conversion and previews of images, rendered by sharp; through the handler in memory. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } });

beforeAll(async () => {
  const wide = await picture(1600, 800).png().toBuffer();
  // Rotated: taken with the camera held upright.
  const turned = await picture(400, 200).jpeg().withExif({}).withMetadata({ orientation: 6 }).toBuffer();
  onedrive = await startTester({
    kind: 'business',
    seed: {
      'wide.png': { bytes: wide },
      'turned.jpg': { bytes: turned },
      'broken.jpg': 'not an image',
      'a.txt': 'text',
    },
  });
});

const sizeOf = async (url: string): Promise<readonly [number, number, string]> => {
  const { bytes } = await onedrive.ask('GET', url, { anonymous: true });
  const { width, height, format } = await sharp(bytes).metadata();
  return [width, height, format];
};
const sets = async (path: string, query = '') =>
  (await onedrive.ask('GET', `/me/drive/root:/${path}:/thumbnails${query}`)).json.value;

describe('thumbnails', () => {
  it.each([
    ['small', 96, 48],
    ['medium', 176, 88],
    ['large', 800, 400],
  ])('%s has the size in its response', async (name, width, height) => {
    const [set] = await sets('wide.png');
    expect(set[name]).toMatchObject({ width, height });
    expect(await sizeOf(set[name].url)).toEqual([width, height, 'jpeg']);
  });

  it('can be square, and of any size, scaled to fit or cropped', async () => {
    const [set] = await sets('wide.png', '?$select=smallSquare,c300x400,c300x400_Crop');
    expect([set.smallSquare.width, set.smallSquare.height]).toEqual([96, 96]);
    expect(await sizeOf(set.smallSquare.url)).toEqual([96, 96, 'jpeg']);
    expect(await sizeOf(set.c300x400.url)).toEqual([300, 150, 'jpeg']);
    expect(await sizeOf(set.c300x400_Crop.url)).toEqual([300, 400, 'jpeg']);
    expect(set.small).toBeUndefined();
  });

  it('are rotated by the EXIF orientation', async () => {
    const [set] = await sets('turned.jpg');
    expect(set.large).toMatchObject({ width: 200, height: 400 });
    expect(await sizeOf(set.large.url)).toEqual([200, 400, 'jpeg']);
  });

  it('change with the content', async () => {
    await sets('turned.jpg');
    const path = '/me/drive/root:/turned.jpg';
    await onedrive.ask('PUT', `${path}:/content`, { body: await picture(50, 60).jpeg().toBuffer() });
    expect((await sets('turned.jpg'))[0].large).toMatchObject({ width: 50, height: 60 });
  });

  it('do not exist for other files', async () => {
    for (const path of ['a.txt', 'broken.jpg']) expect(await sets(path)).toEqual([]);
    const missing = await onedrive.ask('GET', '/me/drive/root:/wide.png:/thumbnails/0/c0x9');
    expect([missing.status, missing.json.error.code]).toEqual([404, 'itemNotFound']);
  });

  it('are returned individually, and their content is a redirect', async () => {
    const path = '/me/drive/root:/wide.png:/thumbnails/0';
    expect((await onedrive.ask('GET', path)).json.medium.width).toBe(176);
    const { width, url } = (await onedrive.ask('GET', `${path}/medium`)).json;
    expect(width).toBe(176);
    const content = await onedrive.ask('GET', `${path}/medium/content`);
    expect([content.status, content.headers.get('location')]).toEqual([302, url]);
  });

  it('are included in items with $expand', async () => {
    const { value } = (await onedrive.ask('GET', '/me/drive/root/children?$expand=thumbnails')).json;
    const widths = value.map((item: { thumbnails: { small: { width: number } }[] }) =>
      item.thumbnails.map(({ small }) => small.width),
    );
    expect(widths).toEqual([[], [], [50], [96]]);
  });
});

describe('content in another format', () => {
  it('is a JPEG for images, in the requested size', async () => {
    const path = '/me/drive/root:/wide.png:/content?format=jpg';
    const whole = await onedrive.ask('GET', path);
    expect(whole.status).toBe(302);
    expect(await sizeOf(whole.headers.get('location') ?? '')).toEqual([1600, 800, 'jpeg']);
    const small = await onedrive.ask('GET', `${path}&width=320&height=320`);
    expect(await sizeOf(small.headers.get('location') ?? '')).toEqual([320, 160, 'jpeg']);
  });

  it('is refused with 406 if the conversion is not supported', async () => {
    const answer = await onedrive.ask('GET', '/me/drive/root:/a.txt:/content?format=pdf');
    expect([answer.status, answer.json.error.code]).toEqual([406, 'notSupported']);
  });
});

it('a preview is a URL that shows the file without a token', async () => {
  const { getUrl } = (await onedrive.ask('POST', '/me/drive/root:/a.txt:/preview', { body: {} })).json;
  const shown = await onedrive.ask('GET', getUrl, { anonymous: true });
  expect([shown.text, shown.headers.get('content-disposition')]).toEqual(['text', 'inline']);
});

describe('a custom thumbnail of a file on a personal drive', () => {
  const url = '/me/drive/root:/a.txt:/thumbnails';

  it('replaces the rendered one, in every size and unchanged', async () => {
    onedrive = await startTester({ seed: { 'a.txt': 'text', Folder: { folder: {} } } });
    expect((await onedrive.ask('GET', url)).json.value).toEqual([]);
    const body = await picture(500, 250).png().toBuffer();
    const put = await onedrive.ask('PUT', `${url}/0/source/content`, { body });
    expect([put.status, put.headers.get('location')]).toEqual([
      200,
      expect.stringContaining('/source/content'),
    ]);
    const [set] = (await onedrive.ask('GET', url)).json.value;
    expect([set.small.width, set.medium.width, set.large.width, set.source.height]).toEqual([
      96, 176, 500, 250,
    ]);
    expect(await sizeOf(set.medium.url)).toEqual([176, 88, 'jpeg']);
    expect(await sizeOf(set.source.url)).toEqual([500, 250, 'jpeg']);
    expect((await onedrive.ask('DELETE', `${url}/0`)).status).toBe(204);
    expect((await onedrive.ask('GET', url)).json.value).toEqual([]);
    expect((await onedrive.ask('DELETE', `${url}/0`)).status).toBe(404);
  });

  it('must be an image, of a file, on a personal drive', async () => {
    const image = await picture(10, 10).png().toBuffer();
    const put = async (path: string, body: Uint8Array | string, on = onedrive) =>
      (await on.ask('PUT', `/me/drive/root:/${path}:/thumbnails/0/source/content`, { body })).status;
    expect(await put('a.txt', 'no image')).toBe(415);
    expect(await put('Folder', image)).toBe(400);
    const business = await startTester({ kind: 'business', seed: { 'a.txt': 'text' } });
    expect(await put('a.txt', image, business)).toBe(400);
  });
});

describe('EXIF data', () => {
  it.each([
    [
      { ExposureTime: '4/300', ISOSpeedRatings: '64' },
      { exposureNumerator: 4, exposureDenominator: 300, iso: 64 },
    ],
    [{ ExposureTime: '10/2500' }, { exposureNumerator: 10, exposureDenominator: 2500 }],
    [{ ExposureTime: '13/10' }, { exposureNumerator: 13, exposureDenominator: 10 }],
    [{ ExposureTime: '30/1' }, { exposureNumerator: 30, exposureDenominator: 1 }],
    [{ FNumber: '0/1' }, { fNumber: 0 }],
    [{ FocalLength: '5/1' }, { focalLength: 5 }],
  ])('gives %j as stored, and nothing else', async (IFD2, photo) => {
    const exif = { IFD2: { ...IFD2, DateTimeOriginal: '2010:07:19 03:39:24' } };
    const bytes = await picture(40, 20).jpeg().withExif(exif).toBuffer();
    const one = await startTester({ seed: { 'photo.jpg': { bytes } } });
    const { json } = await one.ask('GET', '/me/drive/root:/photo.jpg');
    // The writer of this picture adds the orientation.
    expect(json.photo).toEqual({ takenDateTime: '2010-07-19T03:39:24Z', orientation: 1, ...photo });
    expect(json.location).toBeUndefined();
  });

  it.each([1, 3, 6, 8])('has the orientation %i', async (orientation) => {
    const bytes = await picture(40, 20).jpeg().withExif({}).withMetadata({ orientation }).toBuffer();
    const one = await startTester({ seed: { 'photo.jpg': { bytes } } });
    expect((await one.ask('GET', '/me/drive/root:/photo.jpg')).json.photo.orientation).toBe(orientation);
  });

  it('is in the facets: all of it on personal drives, only the time taken on others', async () => {
    const exif = {
      IFD0: { Make: 'Contoso', Model: 'C1' },
      IFD2: { DateTimeOriginal: '2010:07:19 03:39:24', FNumber: '28/10', FocalLength: '5/1' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '47/1 30/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '122/1 0/1 0/1',
      },
    };
    const bytes = await picture(40, 20).jpeg().withExif(exif).toBuffer();
    const seed = { 'photo.jpg': { bytes }, 'broken.jpg': 'not an image' };
    const personal = await startTester({ seed });
    const [broken, photo] = (await personal.ask('GET', '/me/drive/root/children')).json.value;
    expect([photo.image, photo.location]).toEqual([
      { width: 40, height: 20 },
      { latitude: 47.5, longitude: -122 },
    ]);
    expect(photo.photo).toEqual({
      takenDateTime: '2010-07-19T03:39:24Z',
      cameraMake: 'Contoso',
      cameraModel: 'C1',
      fNumber: 2.8,
      orientation: 1,
      focalLength: 5,
    });
    expect([broken.image, broken.photo]).toEqual([{}, {}]);
    const business = await startTester({ kind: 'business', seed });
    const item = (await business.ask('GET', '/me/drive/root:/photo.jpg')).json;
    expect([item.image, item.photo, item.location]).toEqual([
      {},
      { takenDateTime: '2010-07-19T03:39:24Z' },
      undefined,
    ]);
  });
});
