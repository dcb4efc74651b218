import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HttpRequest, Transport } from '../../packages/kit/src/http/transport.ts';
import * as live from '../../packages/kit/src/live/index.ts';
import { type EmbeddedLive, embeddedLive } from '../embedded/embedded-live.ts';

const content = Uint8Array.from({ length: 100 }, (_, at) => at);
const isClose = ({ headers }: HttpRequest) => headers['bits-packet-type'] === 'Close-Session';

let under: EmbeddedLive;
/** Called just before a Close-Session is sent. */
let meanwhile: (() => Promise<void>) | undefined;
beforeEach(async () => {
  meanwhile = undefined;
  under = await embeddedLive({
    live: { bitsFrom: 1 },
    between: (inner: Transport) => async (request) => {
      if (isClose(request)) await meanwhile?.();
      return inner(request);
    },
  });
});
afterEach(() => under.server.close());

async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of live.listFiles(under.client)) found.push(name);
  return found.sort();
}

async function takeName(): Promise<void> {
  const body = { length: 5, replayable: true, open: () => oneChunk('other') };
  await live.putFile(under.client, 'me/skydrive', 'a.bin', body);
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield new TextEncoder().encode(text);
}

test('a file that is moved or copied to a taken name does not change', async () => {
  const { client, drive } = under;
  const folder = await live.createFolder(client, 'me/skydrive', { name: 'd' });
  for (const [at, name] of [
    ['me/skydrive', 'a'],
    [folder.id, 'b'],
  ] as const)
    await live.putFile(client, at, name, { length: 1, replayable: true, open: () => oneChunk(name) });
  await expect(drive.move('a', 'd', { name: 'b' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(drive.copy('a', 'd', { name: 'b' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await names()).toEqual(['a', 'd']);
  const inside: string[] = [];
  for await (const { name } of live.listFiles(client, folder.id)) inside.push(name);
  expect(inside).toEqual(['b']);
});

describe('an upload by BITS', () => {
  test('without overwrite refuses a name that was taken during the upload, and leaves no file', async () => {
    meanwhile = takeName;
    const upload = under.drive.upload(content, '', { name: 'a.bin', conflict: 'fail' });
    await expect(upload).rejects.toMatchObject({ code: 'conflict' });
    expect(await names()).toEqual(['a.bin']);
    expect(await under.drive.stat('a.bin')).toMatchObject({ size: 5 });
  });

  test('without overwrite sends nothing if the name is taken already', async () => {
    await takeName();
    const before = under.asked.length;
    const upload = under.drive.upload(content, '', { name: 'a.bin', conflict: 'fail' });
    await expect(upload).rejects.toMatchObject({ code: 'conflict' });
    expect(under.asked.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('with rename uses a free name, even if one is taken during the upload', async () => {
    meanwhile = takeName;
    const { item } = await under.drive.upload(content, '', { name: 'a.bin', conflict: 'rename' });
    expect([item.name, item.size]).toEqual(['a 1.bin', 100]);
    expect(await names()).toEqual(['a 1.bin', 'a.bin']);
  });

  test('keeps the extension of the name', async () => {
    const { item } = await under.drive.upload(content, '', { name: 'p.jpg', conflict: 'fail' });
    expect(item).toMatchObject({ name: 'p.jpg', photo: {} });
  });
});
