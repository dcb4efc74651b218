import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../test/embedded/embedded-drive.ts';

const content = sample(3_000_000);

async function drive() {
  const embedded = await embeddedDrive();
  await embedded.drive.upload(content, '', { name: 'a.bin' });
  embedded.asked.length = 0;
  return embedded;
}

describe('an opened file', () => {
  it('is a stream of its bytes, with the item', async () => {
    const { drive: opened } = await drive();
    const { item, size, stream } = await opened.open('a.bin');
    expect([item.name, size]).toEqual(['a.bin', content.length]);
    expect(Buffer.from(await new Response(stream).arrayBuffer()).equals(Buffer.from(content))).toBe(true);
  });

  it('is a stream of a range', async () => {
    const { drive: opened } = await drive();
    const { size, stream } = await opened.open('a.bin', { range: { first: 10, last: 19 } });
    expect(size).toBe(10);
    expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(
      new Uint8Array(content.subarray(10, 20)),
    );
  });

  it('requests no content before it is read', async () => {
    const { drive: opened, asked } = await drive();
    const { stream } = await opened.open('a.bin');
    expect(asked).toHaveLength(1);
    await stream.cancel();
    expect(asked).toHaveLength(1);
  });

  it('stops when its reader cancels', async () => {
    const { drive: opened } = await drive();
    const { stream } = await opened.open('a.bin');
    const reader = stream.getReader();
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
    expect((await reader.read()).done).toBe(true);
  });

  it('fails when the signal aborts', async () => {
    const { drive: opened } = await drive();
    const stop = new AbortController();
    const { stream } = await opened.open('a.bin', { signal: stop.signal });
    const reader = stream.getReader();
    await reader.read();
    stop.abort(new Error('enough'));
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow('enough');
  });

  it('is refused for folders, missing files and ranges after the end', async () => {
    const { drive: opened } = await drive();
    await expect(opened.open('')).rejects.toMatchObject({ code: 'not-supported' });
    await expect(opened.open('b.bin')).rejects.toMatchObject({ code: 'not-found', status: 404 });
    await expect(opened.open('a.bin', { range: { first: 3_000_000 } })).rejects.toMatchObject({
      code: 'range',
    });
  });
});
