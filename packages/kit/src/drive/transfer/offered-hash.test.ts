import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';
import { flipped } from '../../../../../test/embedded/flipped.ts';
import type { TransportDecorator } from '../../http/transport.ts';

const content = sample(5000);

/** Renames the hash property in the responses for which `isDamaged` returns true; `nth` counts responses with a hash from 0. */
function withoutHash(isDamaged: (nth: number) => boolean): TransportDecorator {
  let nth = 0;
  return (inner) => async (request) => {
    const response = await inner(request);
    if (!request.url.includes('/v1.0/')) return response;
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk.slice());
    const text = Buffer.concat(chunks).toString('latin1');
    const changed = text.includes('quickXorHash') && isDamaged(nth++);
    async function* body() {
      yield Buffer.from(changed ? text.replaceAll('quickXorHash', 'quickXorHasi') : text, 'latin1');
    }
    return { ...response, body: body() };
  };
}

const wrongBytes: TransportDecorator = (inner) => async (request) => {
  const response = await inner(request);
  return request.url.includes('/v1.0/') ? response : { ...response, body: flipped(response.body) };
};

const byId = (line: string) => line.startsWith('GET /v1.0/me/drive/items/');

describe('a response without a hash', () => {
  it('of a download is requested once more: wrong bytes are not accepted', async () => {
    const faults = withoutHash((nth) => nth === 1);
    const { drive } = await embeddedDrive({ between: (inner) => wrongBytes(faults(inner)) });
    await drive.upload(content, '', { name: 'f.bin', keepTimes: false });
    await expect(drive.read('f.bin')).rejects.toMatchObject({ code: 'integrity' });
  });

  it('does not excuse wrong bytes that an earlier hash has revealed', async () => {
    const faults = withoutHash((nth) => nth === 2);
    const { drive } = await embeddedDrive({ between: (inner) => wrongBytes(faults(inner)) });
    await drive.upload(content, '', { name: 'f.bin', keepTimes: false });
    await expect(drive.read('f.bin')).rejects.toMatchObject({ code: 'integrity' });
  });

  it('of an upload is requested once more, and the upload verified', async () => {
    const { drive, asked } = await embeddedDrive({ between: withoutHash((nth) => nth === 0) });
    const { verdict } = await drive.upload(content, '', { name: 'f.bin' });
    expect(verdict).toBe('verified');
    expect(asked.filter(byId)).toHaveLength(1);
  });

  it('is requested again each time in a drive that has returned a hash', async () => {
    const { drive, asked } = await embeddedDrive({ between: withoutHash((nth) => nth > 0) });
    const verdicts: string[] = [];
    for (const name of ['a', 'b', 'c'])
      verdicts.push((await drive.upload(content, '', { name, keepTimes: false })).verdict);
    expect(verdicts).toEqual(['verified', 'size-only', 'size-only']);
    expect(asked.filter(byId)).toHaveLength(2);
  });
});

describe('a drive without hashes', () => {
  it('is queried once, however many files are transferred, concurrently too', async () => {
    const { drive, asked } = await embeddedDrive({ between: withoutHash(() => true) });
    const names = ['a', 'b', 'c', 'd'];
    const results = await Promise.all(names.map((name) => drive.upload(content, '', { name })));
    await Promise.all(names.map((name) => drive.read(name)));
    expect(results.map(({ verdict }) => verdict)).toEqual(names.map(() => 'size-only'));
    expect(asked.filter(byId)).toHaveLength(1);
  });

  it('is not queried about an empty file', async () => {
    const { drive, asked } = await embeddedDrive({ between: withoutHash(() => true) });
    await drive.upload('', '', { name: 'empty' });
    expect(asked.filter(byId)).toHaveLength(0);
  });
});
