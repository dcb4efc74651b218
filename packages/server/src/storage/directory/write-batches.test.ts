import { expect, test } from 'vitest';
import { lend } from '../spent-chunks.ts';
import { type BatchFile, writeBatches } from './write-batches.ts';

const mebibyte = 1024 * 1024;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A file that keeps what is written, no more than `most` bytes at a time. */
function fakeFile(most: number, datasync: () => Promise<void> = async () => {}) {
  const bytes = Buffer.alloc(20 * mebibyte);
  const file = {
    writev: async (chunks: readonly Uint8Array[], position: number) => {
      const part = Buffer.concat(chunks).subarray(0, most);
      bytes.set(part, position);
      await turn();
      return { bytesWritten: part.byteLength, buffers: chunks };
    },
    datasync,
  };
  return { file: file as unknown as BatchFile, bytes };
}

async function* chunksOf(size: number, chunk: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += chunk)
    yield new Uint8Array(Math.min(chunk, size - at)).fill((at / chunk) & 255);
}

const ignore = () => {};

test('bytes come to their places, also where the system writes less than it was given', async () => {
  const { file, bytes } = fakeFile(100_001);
  const seen: Uint8Array[] = [];
  const end = await writeBatches(file, 7, chunksOf(3 * mebibyte, 65_536), {
    seen: (chunk) => seen.push(chunk),
    flush: false,
  });
  expect(end).toBe(7 + 3 * mebibyte);
  expect(bytes.subarray(7, end).equals(Buffer.concat(seen))).toBe(true);
});

test('flushes begin while more comes, one at a time', async () => {
  let running = 0;
  const most: number[] = [];
  const { file } = fakeFile(mebibyte, async () => {
    most.push(++running);
    await turn();
    running -= 1;
  });
  await writeBatches(file, 0, chunksOf(20 * mebibyte, mebibyte), { seen: ignore, flush: true });
  expect(most).toEqual([1, 1]);
  await writeBatches(file, 0, chunksOf(20 * mebibyte, mebibyte), { seen: ignore, flush: false });
  expect(most).toEqual([1, 1]);
});

test('a large file is flushed every now and then, and little is left to flush at the end', async () => {
  const one = new Uint8Array(mebibyte);
  const flushesOf = async (mebibytes: number): Promise<readonly number[]> => {
    const flushed: number[] = [];
    let written = 0;
    const file = {
      writev: async (chunks: readonly Uint8Array[]) => {
        written += chunks.length;
        return { bytesWritten: chunks.length * mebibyte, buffers: chunks };
      },
      datasync: async () => void flushed.push(written),
    } as unknown as BatchFile;
    async function* chunks() {
      for (let at = 0; at < mebibytes; at++) yield one;
    }
    await writeBatches(file, 5 * mebibyte, chunks(), { seen: ignore, flush: true });
    return flushed;
  };
  const fragment = await flushesOf(60);
  expect(fragment).toHaveLength(7);
  expect(60 - (fragment.at(-1) ?? 0)).toBeLessThanOrEqual(8);
  const large = await flushesOf(1024);
  expect(large.length).toBeLessThan(40);
  expect(1024 - (large.at(-1) ?? 0)).toBeLessThanOrEqual(128);
});

test('a flush on the way that fails fails the whole: the system tells of it once only', async () => {
  const { file } = fakeFile(mebibyte, () => Promise.reject(new Error('the disk is ill')));
  const writing = writeBatches(file, 0, chunksOf(10 * mebibyte, mebibyte), { seen: ignore, flush: true });
  await expect(writing).rejects.toThrow('the disk is ill');
});

test('a source that breaks is told after the bytes that came are written', async () => {
  const { file, bytes } = fakeFile(mebibyte);
  async function* broken() {
    yield new Uint8Array(300_000).fill(1);
    throw new Error('the line broke');
  }
  await expect(writeBatches(file, 0, broken(), { seen: ignore, flush: true })).rejects.toThrow(
    'the line broke',
  );
  expect(bytes[299_999]).toBe(1);
});

test('memory that was lent is given back when it is written, not before', async () => {
  const { file, bytes } = fakeFile(100_001);
  const chunks = Array.from({ length: 40 }, (_, at) => new Uint8Array(65_536).fill(at + 1));
  for (const chunk of chunks) lend(chunk);
  async function* coming() {
    yield* chunks;
  }
  await writeBatches(file, 0, coming(), { seen: ignore, flush: true });
  expect(chunks.every(({ byteLength }) => byteLength === 0)).toBe(true);
  expect(
    chunks.every((_, at) => bytes[at * 65_536] === at + 1 && bytes[at * 65_536 + 65_535] === at + 1),
  ).toBe(true);
});
