import { expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { sizedStreamSource } from './sized-stream-source.ts';

async function* chunksOf(bytes: Uint8Array, size = 100_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

it.each([0, 1, 3_000, 5_500_000, 25_000_000])(
  'a stream of %d bytes is uploaded as it arrives',
  async (size) => {
    const { drive } = await embeddedDrive();
    const bytes = sample(size);
    const options = { name: 'f', fragmentSize: 10 << 20 };
    const { verdict } = await drive.upload(sizedStreamSource(chunksOf(bytes), size), '', options);
    expect(verdict).toBe('verified');
    expect(Buffer.from(await drive.read('f')).equals(bytes)).toBe(true);
  },
);

it.each([
  ['shorter', 5_400_000],
  ['longer', 5_600_000],
  ['much longer', 9_000_000],
])('a stream that is %s than announced leaves no file in the drive', async (_, size) => {
  const { drive } = await embeddedDrive();
  const upload = drive.upload(sizedStreamSource(chunksOf(sample(size)), 5_500_000), '', { name: 'f' });
  await expect(upload).rejects.toMatchObject({ code: 'integrity' });
  await expect(drive.stat('f')).rejects.toMatchObject({ code: 'not-found' });
});

it('a fragment that is lost is sent again', async () => {
  let lost = 0;
  const { drive } = await embeddedDrive({
    faults: { rules: [{ match: { method: 'PUT' }, nth: 2, fault: { kind: 'status', status: 503 } }] },
    between: (inner) => async (request) => {
      const response = await inner(request);
      if (response.status === 503) lost += 1;
      return response;
    },
  });
  const bytes = sample(25_000_000);
  const options = { name: 'f', fragmentSize: 10 << 20 };
  expect((await drive.upload(sizedStreamSource(chunksOf(bytes), bytes.length), '', options)).verdict).toBe(
    'verified',
  );
  expect(lost).toBe(1);
});
