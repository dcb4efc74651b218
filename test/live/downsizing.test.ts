import { expect, test } from 'vitest';
import { embeddedLive } from '../embedded/embedded-live.ts';

const sharp = await import('sharp').then(
  (module) => module.default,
  () => undefined,
);

async function jpeg(width: number, height: number): Promise<Uint8Array> {
  if (sharp === undefined) throw new Error('sharp is not installed here');
  const image = sharp({ create: { width, height, channels: 3, background: '#369' } });
  return Uint8Array.from(await image.jpeg().toBuffer());
}

test.skipIf(sharp === undefined)(
  'a photo that the service scaled down is distinguished from a damaged one',
  async () => {
    const { drive, server } = await embeddedLive({ live: { downsize: true } });
    const large = await drive.upload(await jpeg(3000, 1500), '', { name: 'large.jpg' });
    expect([large.verdict, large.item.image]).toEqual(['rewritten', { width: 2048, height: 1024 }]);
    const small = await drive.upload(await jpeg(300, 150), '', { name: 'small.jpg' });
    expect(small.verdict).toBe('size-only');
    await server.close();
  },
);

test.skipIf(sharp === undefined)('a photo is kept unchanged by default', async () => {
  const { drive, server } = await embeddedLive();
  const bytes = await jpeg(3000, 1500);
  const { verdict, item } = await drive.upload(bytes, '', { name: 'large.jpg' });
  expect([verdict, item.size]).toEqual(['size-only', bytes.byteLength]);
  await server.close();
});
