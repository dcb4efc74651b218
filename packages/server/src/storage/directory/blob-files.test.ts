import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileRange } from './blob-files.ts';

const chunk = 1024 * 1024;
const content = Uint8Array.from({ length: 5 * chunk + 7 }, (_, at) => (at * 7 + (at >> 8) * 13) & 255);
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onedrive-kit-range-'));
  path = join(folder, 'blob');
  await writeFile(path, content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('reading a range of a blob file', () => {
  it('leaves chunks alone that were not handed back', async () => {
    const chunks: Uint8Array[] = [];
    for await (const read of new FileRange(path, 3, content.length - 1)) chunks.push(read);
    expect(Buffer.concat(chunks).equals(content.subarray(3, -1))).toBe(true);
  });

  it('reads into chunks that were handed back, and never into the one in hand', async () => {
    const range = new FileRange(path, 0, content.length);
    const memories = new Set<ArrayBufferLike>();
    const seen: Buffer[] = [];
    let last: Uint8Array | undefined;
    for await (const read of range) {
      if (last !== undefined) range.recycle(last);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(Buffer.from(read));
      memories.add(read.buffer);
      last = read;
    }
    expect(Buffer.concat(seen).equals(content)).toBe(true);
    expect(memories.size).toBeLessThanOrEqual(3);
  });

  it('tells of a file that is shorter than it should be, and not before the reader asks', async () => {
    const range = new FileRange(path, 0, content.length + 1)[Symbol.asyncIterator]();
    for (let at = 0; at < content.length; ) at += ((await range.next()).value as Uint8Array).length;
    await expect(range.next()).rejects.toThrow('shorter');
  });

  it('reads nothing of an empty range', async () => {
    expect((await new FileRange(path, 9, 9)[Symbol.asyncIterator]().next()).done).toBe(true);
  });
});
