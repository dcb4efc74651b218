/** Earlier versions are downloaded as files are; thumbnails and previews as far as each kind of drive has them. */
import { describe, expect, it } from 'vitest';
import {
  bytesSink,
  type Drive,
  downloadVersion,
  findDrive,
  openDrive,
  parseDriveAddress,
  pathSink,
  previewPage,
  readThumbnail,
  resolve,
  thumbnailsOf,
} from '../../packages/kit/src/drive/index.ts';
import { OneDriveError } from '../../packages/kit/src/errors/index.ts';
import { myDrive } from '../../packages/kit/src/graph/index.ts';
import type { TransportDecorator } from '../../packages/kit/src/http/transport.ts';
import { memoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

type Kind = 'personal' | 'business' | 'library';

async function driveOf(kind: Kind, between?: TransportDecorator): Promise<Drive> {
  const one = await embeddedDrive({
    kind: kind === 'personal' ? 'personal' : 'business',
    accounts: [{ kind: kind === 'personal' ? 'personal' : 'business' }],
    ...(kind === 'library' ? { sites: [{ path: 'sites/team', displayName: 'Team' }] } : {}),
    ...(between === undefined ? {} : { between }),
  });
  const ref =
    kind === 'library' ? await findDrive(one.client, parseDriveAddress('site:Team/Documents')) : myDrive;
  return openDrive(one.client, ref, one.world);
}

const content = (seed: number, size: number) =>
  Uint8Array.from({ length: size }, (_, at) => (at * seed) % 251);

/** Contents of versions break off after 100,000 bytes, every time. */
const breaking: TransportDecorator = (inner) => async (request) => {
  const response = await inner(request);
  if (!request.url.includes('/_version/') || response.status >= 300) return response;
  async function* cut() {
    let left = 100_000;
    for await (const chunk of response.body) {
      yield chunk.subarray(0, left);
      left -= chunk.byteLength;
      if (left <= 0) throw new OneDriveError('network', 'It broke.');
    }
  }
  return { ...response, body: cut() };
};

describe.each(['personal', 'business', 'library'] as const)('versions on a %s drive', (kind) => {
  it('are downloaded, the one of today checked by its hash, earlier ones by their size', async () => {
    const drive = await driveOf(kind);
    for (const seed of [3, 7]) await drive.upload(content(seed, 1000 * seed), '', { name: 'a.bin' });
    const fileSystem = memoryFileSystem();
    await fileSystem.mkdir('/out', { recursive: true });
    const into = (name: string) => pathSink(fileSystem, name, { random: drive.context.world.random });
    expect(await downloadVersion(drive.context, 'a.bin', '1.0', into('/out/one'))).toMatchObject({
      verdict: 'size-only',
      size: 3000,
    });
    expect(await downloadVersion(drive.context, 'a.bin', '2.0', into('/out/two'))).toMatchObject({
      verdict: 'verified',
      size: 7000,
    });
    const sink = bytesSink();
    await downloadVersion(drive.context, 'a.bin', '1.0', sink);
    expect(sink.bytes()).toEqual(content(3, 3000));
  });

  it('go on where they broke off', async () => {
    let broken = 0;
    const counting: TransportDecorator = (inner) => {
      const cut = breaking(inner);
      return (request) => (request.url.includes('/_version/') ? (broken++, cut(request)) : inner(request));
    };
    const drive = await driveOf(kind, counting);
    for (const seed of [3, 7]) await drive.upload(content(seed, 350_000), '', { name: 'a.bin' });
    const sink = bytesSink();
    await downloadVersion(drive.context, 'a.bin', '1.0', sink);
    expect(sink.bytes()).toEqual(content(3, 350_000));
    expect(broken).toBe(4);
  });

  it('that do not exist are reported with the existing ones', async () => {
    const drive = await driveOf(kind);
    await drive.upload(content(3, 10), '', { name: 'a.bin' });
    await expect(downloadVersion(drive.context, 'a.bin', '9.0', bytesSink())).rejects.toMatchObject({
      code: 'not-found',
      hint: 'It has: 1.0.',
    });
  });
});

/** One grey pixel, as PNG. */
const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='),
  (char) => char.charCodeAt(0),
);

describe.each(['personal', 'business', 'library'] as const)('pictures on a %s drive', (kind) => {
  it('are listed and read by size, of one that the service can render', async () => {
    const drive = await driveOf(kind);
    await drive.upload(pixel, '', { name: 'p.png' });
    await drive.upload(content(3, 10), '', { name: 'a.bin' });
    const sizes = (await thumbnailsOf(drive.context, 'p.png')).map(({ size }) => size);
    expect(sizes).toEqual(expect.arrayContaining(['small', 'medium', 'large']));
    for (const size of ['small', 'c40x30'])
      expect((await readThumbnail(drive.context, 'p.png', size)).bytes.byteLength).toBeGreaterThan(20);
    expect(await thumbnailsOf(drive.context, 'a.bin')).toEqual([]);
    await expect(readThumbnail(drive.context, 'a.bin', 'small')).rejects.toMatchObject({ code: 'not-found' });
    await expect(readThumbnail(drive.context, 'p.png', '../small')).rejects.toMatchObject({ code: 'usage' });
  });

  it(kind === 'personal' ? 'have no page to look at them' : 'have a page to look at them', async () => {
    const drive = await driveOf(kind);
    await drive.upload(pixel, '', { name: 'p.png' });
    const page = previewPage(drive.context, resolve('p.png'));
    if (kind === 'personal') await expect(page).rejects.toMatchObject({ code: 'not-supported' });
    else expect(await page).toMatch(/^https:/);
  });
});
