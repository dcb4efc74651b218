/**
 * The contract of {@link DriveProvider}: one suite for all implementations. It covers what all of them can do; optional
 * features are declared in their capabilities, which the suite checks.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Drive,
  type DriveProvider,
  type DriveWorld,
  driveOn,
} from '../../packages/kit/src/drive/index.ts';
import { below, itemAt, itemById, rootItem } from '../../packages/kit/src/graph/item-ref-forms.ts';
import type { DriveItem } from '../../packages/kit/src/graph/types/index.ts';
import { quickXorHash } from '../../packages/kit/src/hash/index.ts';
import { bytesBody } from '../../packages/kit/src/http/bodies.ts';

/** A provider over an empty drive of its own. */
export interface ProviderUnderTest {
  readonly provider: DriveProvider;
  readonly world: DriveWorld;
  close(): Promise<void>;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Bytes without short repetitions. */
export function sample(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >>> 8) * 7 + (at >>> 16)) & 0xff);
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}

const names = (items: readonly DriveItem[]) => items.map((item) => item.name).sort();

/** Declares the suite. */
export function describeProvider(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`the drive provider over ${name}`, () => {
    let under: ProviderUnderTest;
    let provider: DriveProvider;
    let drive: Drive;
    beforeEach(async () => {
      under = await open();
      provider = under.provider;
      drive = driveOn(provider, under.world);
    });
    afterEach(() => under.close());

    const put = (path: string, content: Uint8Array, conflict: 'fail' | 'replace' | 'rename' = 'replace') =>
      provider.put(
        { at: itemAt(...path.split('/')), size: content.byteLength, times: undefined, conflict },
        bytesBody(content),
      );

    describe('reading', () => {
      it('the root is a folder, and an empty one at first', async () => {
        const root = await provider.item(rootItem, {});
        expect(root.folder ?? root.root).toBeDefined();
        expect(await all(provider.children(rootItem, {}))).toEqual([]);
      });

      it('the person and the quota are told', async () => {
        expect((await provider.user({})).id).not.toBe('');
        expect((await provider.drive({})).quota?.total).toBeGreaterThan(0);
      });

      it('an item is the same by path and by id', async () => {
        const made = await put('a.txt', sample(3));
        expect((await provider.item(itemAt('a.txt'), {})).id).toBe(made.id);
        expect((await provider.item(itemById(made.id), {})).name).toBe('a.txt');
      });

      it('what is missing is not-found', async () => {
        await expect(provider.item(itemAt('nothing'), {})).rejects.toMatchObject({ code: 'not-found' });
        await expect(all(provider.children(itemAt('nothing'), {}))).rejects.toMatchObject({
          code: 'not-found',
        });
      });

      it('a list gives everything once, over as many pages as it takes', async () => {
        const wanted = Array.from({ length: 25 }, (_, at) => `file ${String(at).padStart(2, '0')}`);
        for (const one of wanted) await put(one, sample(1));
        expect(names(await all(drive.list()))).toEqual(wanted);
        const pages = await all(drive.list('', { limit: 10, offset: 5, orderBy: 'name' }).pages());
        expect(pages.flat().map((item) => item.name)).toEqual(wanted.slice(5, 15));
      });
    });

    describe('content', () => {
      it.each([0, 1, 1000, 300_000])('%i bytes come back as they went', async (size) => {
        const bytes = sample(size);
        const item = await put('f.bin', bytes);
        expect(item.size).toBe(size);
        expect(Buffer.from(await drive.read(itemById(item.id))).equals(bytes)).toBe(true);
      });

      it('a range is that range', async () => {
        await put('f.bin', sample(1000));
        const part = await drive.read('f.bin', { range: { first: 100, last: 299 } });
        expect(Buffer.from(part).equals(sample(1000).subarray(100, 300))).toBe(true);
      });

      it('replace keeps the item, fail refuses, rename makes another', async () => {
        const first = await put('f.txt', new TextEncoder().encode('1'));
        const second = await put('f.txt', new TextEncoder().encode('2'), 'replace');
        expect(second.id).toBe(first.id);
        await expect(put('f.txt', sample(1), 'fail')).rejects.toMatchObject({ code: 'conflict' });
        const third = await put('f.txt', new TextEncoder().encode('3'), 'rename');
        expect(third.name).not.toBe('f.txt');
        expect(text(await drive.read('f.txt'))).toBe('2');
        expect(text(await drive.read(itemById(third.id)))).toBe('3');
      });

      it('a large content goes in fragments and is the same, by its hash', async () => {
        const bytes = sample(provider.capabilities.putLimit + 1_000_000);
        const { item, hash } = await drive.upload(bytes, '', { name: 'large.bin', fragmentSize: 1 << 20 });
        const own = quickXorHash();
        own.update(bytes);
        expect(hash).toBe(own.digest());
        expect(item.size).toBe(bytes.byteLength);
        expect(Buffer.from(await drive.read('large.bin')).equals(bytes)).toBe(true);
      });

      it('a session that is cancelled leaves nothing', async () => {
        const at = itemAt('never.bin');
        const session = await provider.openSession({
          at,
          size: 10_000_000,
          times: undefined,
          conflict: 'fail',
        });
        await provider.cancelSession(session, {});
        await expect(provider.askSession(session, {})).rejects.toMatchObject({ code: 'not-found' });
        await expect(provider.item(at, {})).rejects.toMatchObject({ code: 'not-found' });
      });
    });

    describe('changing', () => {
      it('a folder is made, and its name is then taken', async () => {
        const made = await provider.createFolder(rootItem, 'd', { conflict: 'fail' });
        expect(made.folder).toBeDefined();
        await expect(provider.createFolder(rootItem, 'd', { conflict: 'fail' })).rejects.toMatchObject({
          code: 'conflict',
        });
        await put('d/in.txt', sample(2));
        expect(names(await all(provider.children(below(rootItem, 'd'), {})))).toEqual(['in.txt']);
      });

      it('renaming keeps id and content', async () => {
        const made = await put('old.txt', sample(9));
        const renamed = await provider.update(itemById(made.id), { name: 'new.txt' }, { conflict: 'fail' });
        expect([renamed.id, renamed.name]).toEqual([made.id, 'new.txt']);
        await expect(provider.item(itemAt('old.txt'), {})).rejects.toMatchObject({ code: 'not-found' });
        expect(await drive.read('new.txt')).toEqual(sample(9));
      });

      it('a name that is taken refuses a rename', async () => {
        await put('one', sample(1));
        const two = await put('two', sample(1));
        const rename = provider.update(itemById(two.id), { name: 'one' }, { conflict: 'fail' });
        await expect(rename).rejects.toMatchObject({ code: 'conflict' });
      });

      it('an item moves into a folder with its id, and keeps its times', async () => {
        await drive.makeFolder('', 'to');
        const made = await put('f.txt', sample(9));
        const moved = await drive.move('f.txt', 'to');
        expect(moved.id).toBe(made.id);
        const found = await provider.item(itemAt('to', 'f.txt'), {});
        expect(found.fileSystemInfo?.lastModifiedDateTime).toBe(made.fileSystemInfo?.lastModifiedDateTime);
      });

      it('a copy has the bytes and an id of its own', async () => {
        await drive.makeFolder('', 'to');
        const made = await put('f.txt', sample(9));
        const copied = await drive.copy('f.txt', 'to', { name: 'g.txt' });
        expect(copied.id).not.toBe(made.id);
        expect(await drive.read('to/g.txt')).toEqual(sample(9));
        expect(await drive.read('f.txt')).toEqual(sample(9));
      });

      it('a folder is copied with all that is in it, or refused with a reason', async () => {
        await drive.makeFolder('', 'd/e', { parents: true });
        await put('d/e/f.txt', sample(5));
        const copying = drive.copy('d', '', { name: 'd2' });
        if (provider.capabilities.copiesFolders) {
          await copying;
          expect(await drive.read('d2/e/f.txt')).toEqual(sample(5));
        } else await expect(copying).rejects.toMatchObject({ code: 'not-supported' });
      });

      it('what is removed is gone, a folder with all that is in it', async () => {
        await drive.makeFolder('', 'd');
        await put('d/f.txt', sample(1));
        await provider.remove(itemAt('d'), {});
        await expect(provider.item(itemAt('d', 'f.txt'), {})).rejects.toMatchObject({ code: 'not-found' });
        await expect(provider.remove(itemAt('d'), {})).rejects.toMatchObject({ code: 'not-found' });
      });

      it('a link is a URL', async () => {
        await put('f.txt', sample(1));
        expect((await provider.link(itemAt('f.txt'), { type: 'view' }, {})).link?.webUrl).toMatch(
          /^https?:\/\//,
        );
      });
    });

    describe('looking', () => {
      it('search finds by name', async () => {
        await put('needle.txt', sample(1));
        await put('other.txt', sample(1));
        expect(names(await all(provider.search(rootItem, 'needle', {})))).toEqual(['needle.txt']);
      });

      it('what was just put is recent', async () => {
        await put('f.txt', sample(1));
        expect(names(await all(provider.recent({})))).toContain('f.txt');
      });
    });

    it('an aborted call throws the reason', async () => {
      const reason = new Error('enough');
      await expect(provider.item(rootItem, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });
  });
}
