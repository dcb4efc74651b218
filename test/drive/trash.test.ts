/** The recycle bin of each kind of drive: listing, restoring, permanent deletion. */
import { describe, expect, it } from 'vitest';
import {
  type Drive,
  deleteTrash,
  findDrive,
  listTrash,
  openDrive,
  parseDriveAddress,
  restoreTrash,
  type TrashEntry,
} from '../../packages/kit/src/drive/index.ts';
import { myDrive } from '../../packages/kit/src/graph/index.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

const files = { 'a.txt': 'alpha', Docs: { folder: { 'b %#.txt': 'beta', 'c.txt': 'c' } } };

async function driveOf(kind: 'personal' | 'business' | 'library'): Promise<Drive> {
  const one = await embeddedDrive({
    kind: kind === 'personal' ? 'personal' : 'business',
    accounts: [{ kind: kind === 'personal' ? 'personal' : 'business', drive: { files } }],
    ...(kind === 'library'
      ? {
          sites: [
            { path: 'sites/team', displayName: 'Team', libraries: [{ files }, { name: 'Archive', files }] },
          ],
        }
      : {}),
  });
  const ref = kind === 'library' ? await findDrive(one.client, parseDriveAddress('site:Team')) : myDrive;
  return openDrive(one.client, ref, one.world);
}

async function bin(drive: Drive): Promise<TrashEntry[]> {
  const found: TrashEntry[] = [];
  for await (const entry of listTrash(drive.context)) found.push(entry);
  return found;
}

describe.each(['business', 'library'] as const)('the recycle bin of a %s drive', (kind) => {
  it('tells path, size and time of what was removed, newest first', async () => {
    const drive = await driveOf(kind);
    expect(await bin(drive)).toEqual([]);
    await drive.remove('Docs/b %#.txt');
    await drive.remove('Docs');
    const found = await bin(drive);
    expect(found.map(({ path, size }) => [path.join('/'), size])).toEqual([
      ['Docs', 1],
      ['Docs/b %#.txt', 4],
    ]);
    expect(Date.parse(found[0]?.deleted ?? '')).not.toBeNaN();
  });

  it('gives back, each with its own outcome', async () => {
    const drive = await driveOf(kind);
    await drive.remove('a.txt');
    await drive.remove('Docs');
    const ids = (await bin(drive)).map(({ id }) => id);
    const outcomes = await restoreTrash(drive.context, [...ids, 'no-such-id']);
    expect(outcomes.map((error) => error?.code)).toEqual([undefined, undefined, 'not-found']);
    expect((await drive.stat('Docs/c.txt')).size).toBe(1);
    expect((await drive.stat('a.txt')).size).toBe(5);
    expect(await bin(drive)).toEqual([]);
  });

  it('gives nothing back over a name that is taken', async () => {
    const drive = await driveOf(kind);
    await drive.remove('a.txt');
    await drive.upload(new TextEncoder().encode('new'), '', { name: 'a.txt' });
    const [entry] = await bin(drive);
    expect((await restoreTrash(drive.context, [entry?.id ?? '']))[0]).toMatchObject({ code: 'conflict' });
  });

  it('is emptied permanently', async () => {
    const drive = await driveOf(kind);
    await drive.remove('Docs');
    const ids = (await bin(drive)).map(({ id }) => id);
    await deleteTrash(drive.context, ids);
    expect(await bin(drive)).toEqual([]);
    expect((await restoreTrash(drive.context, ids))[0]).toMatchObject({ code: 'not-found' });
  });
});

it('the bin of a library tells nothing of other libraries of the site', async () => {
  const one = await embeddedDrive({
    kind: 'business',
    sites: [{ path: 'sites/team', displayName: 'Team', libraries: [{ files }, { name: 'Archive', files }] }],
  });
  const at = async (text: string) =>
    openDrive(one.client, await findDrive(one.client, parseDriveAddress(text)), one.world);
  const archive = await at('site:Team/Archive');
  await archive.remove('a.txt');
  expect(await bin(archive)).toHaveLength(1);
  expect(await bin(await at('site:Team/Documents'))).toEqual([]);
});

describe('the recycle bin of a personal drive', () => {
  it('gives back by the id that the item had, into another folder too', async () => {
    const drive = await driveOf('personal');
    const [a, c] = [await drive.stat('a.txt'), await drive.stat('Docs/c.txt')];
    await drive.remove('a.txt');
    await drive.remove('Docs/c.txt');
    expect(await restoreTrash(drive.context, [c.id])).toEqual([undefined]);
    const into = (await drive.stat('Docs')).id;
    expect(await restoreTrash(drive.context, [a.id], { into })).toEqual([undefined]);
    expect((await drive.stat('Docs/a.txt')).size).toBe(5);
  });

  it('cannot be listed or emptied, and no request is sent for an invalid id', async () => {
    const drive = await driveOf('personal');
    await expect(bin(drive)).rejects.toMatchObject({ code: 'not-supported' });
    await expect(deleteTrash(drive.context, ['x'])).rejects.toMatchObject({ code: 'not-supported' });
    expect((await restoreTrash(drive.context, ['Docs/a.txt']))[0]).toMatchObject({ code: 'usage' });
  });
});
