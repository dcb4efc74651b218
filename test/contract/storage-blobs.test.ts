/** The contract of storages for blobs. */
import { describe, expect, test } from 'vitest';

import { broken, chunks, implementations, readAll } from './storages.ts';

describe.each(implementations)('storage: %s', (_name, open) => {
  test('a blob has the size and the hashes of its bytes, for chunks of any size', async () => {
    const storage = await open();
    const whole = 'The quick brown fox jumps over the lazy dog';
    const one = storage.blobs.create();
    await storage.blobs.append(one, 0, chunks(whole));
    const two = storage.blobs.create();
    expect(await storage.blobs.append(two, 0, chunks(whole.slice(0, 5), whole.slice(5, 11)))).toBe(11);
    expect(await storage.blobs.append(two, 11, chunks(whole.slice(11)))).toBe(whole.length);
    for (const id of [one, two]) {
      expect(await storage.blobs.seal(id)).toEqual({
        id,
        size: 43,
        quickXorHash: 'bMSlbysmxJL6S75XwfMcQZOpcr4=',
        sha1: '2FD4E1C67A2D28FCED849EE1BB76E7391B93EB12',
      });
    }
    expect(await storage.blobs.seal(storage.blobs.create())).toMatchObject({
      size: 0,
      quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    });
  });

  test('appending at an offset discards later bytes, and a failing source discards its own bytes', async () => {
    const storage = await open();
    for (const retained of [false, true]) {
      const id = storage.blobs.create();
      if (retained) storage.write((records) => records.retainBlob(id));
      await storage.blobs.append(id, 0, chunks('abcdef'));
      await expect(storage.blobs.append(id, 6, broken('zzz'))).rejects.toThrow('the line broke');
      expect(await storage.blobs.append(id, 6, chunks('ghi'))).toBe(9);
      expect(await storage.blobs.append(id, 2, chunks('XY'))).toBe(4);
      await expect(storage.blobs.append(id, 4, broken('zzz'))).rejects.toThrow('the line broke');
      const sealed = await storage.blobs.seal(id);
      expect(sealed.size).toBe(4);
      expect(await readAll(storage, id, 0, 4)).toBe('abXY');
      const same = storage.blobs.create();
      await storage.blobs.append(same, 0, chunks('abXY'));
      expect(await storage.blobs.seal(same)).toEqual({ ...sealed, id: same });
    }
  });

  test('large blobs are read by range, for chunks of any size', async () => {
    const storage = await open();
    const size = 3_000_000;
    const bytes = Uint8Array.from({ length: size }, (_, at) => at % 251);
    const id = storage.blobs.create();
    await storage.blobs.append(
      id,
      0,
      chunks(bytes.subarray(0, 10), bytes.subarray(10, 1_500_000), bytes.subarray(1_500_000)),
    );
    expect((await storage.blobs.seal(id)).size).toBe(size);
    storage.write((records) => records.retainBlob(id));
    for (const [start, end] of [
      [0, size],
      [5, 15],
      [1_048_570, 2_097_160],
      [size - 1, size],
      [7, 7],
    ] as const) {
      const wanted = Buffer.from(bytes.subarray(start, end)).toString('latin1');
      expect((await readAll(storage, id, start, end)) === wanted).toBe(true);
    }
  });

  test('a blob is kept while a record refers to it', async () => {
    const storage = await open();
    for (const text of ['small', 'x'.repeat(100_000)]) {
      const id = storage.blobs.create();
      await storage.blobs.append(id, 0, chunks(text));
      await storage.blobs.seal(id);
      storage.write((records) => {
        records.retainBlob(id);
        records.retainBlob(id);
      });
      storage.write((records) => records.releaseBlob(id));
      expect(await readAll(storage, id, 0, 5)).toBe(text.slice(0, 5));
      storage.write((records) => records.releaseBlob(id));
      await storage.settled();
      const gone = await readAll(storage, id, 0, 5).catch(() => '');
      expect(gone).toBe('');
    }
  });
});
