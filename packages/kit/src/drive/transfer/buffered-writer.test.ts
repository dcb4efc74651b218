import { describe, expect, it } from 'vitest';
import { bufferedWriter } from './buffered-writer.ts';

describe('the buffered writer', () => {
  it('writes all bytes in order, in large buffers', async () => {
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_, at) => at * 31);
    const written: Uint8Array[] = [];
    const writer = bufferedWriter(async (piece) => {
      await Promise.resolve();
      written.push(piece.slice());
    });
    const shared = new Uint8Array(65_537);
    for (let at = 0; at < bytes.length; at += 65_537) {
      const chunk = bytes.subarray(at, at + 65_537);
      shared.set(chunk);
      await writer.push(shared.subarray(0, chunk.length));
    }
    await writer.flush();
    await writer.release();
    expect(Buffer.concat(written).equals(bytes)).toBe(true);
    expect(written.map((piece) => piece.length).slice(0, -1)).toEqual(written.slice(1).map(() => 1 << 20));
  });

  it('reports a failed write', async () => {
    const writer = bufferedWriter(async () => {
      throw new Error('disk full');
    });
    await writer.push(new Uint8Array(10));
    await expect(writer.flush()).rejects.toThrow('disk full');
    await writer.release();
  });
});
