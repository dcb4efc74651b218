/** Changes below a folder, on drives that give those of a folder and on drives that give those of all. */
import { describe, expect, it } from 'vitest';
import { type DriveEvent, watchChanges } from '../../packages/kit/src/drive/index.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';

const bytes = new TextEncoder().encode('x');

describe.each(['personal', 'business'] as const)('watching a folder of a %s drive', (kind) => {
  it('reports changes in it at any depth, and none outside of it', async () => {
    const { drive } = await embeddedDrive({ kind });
    await drive.makeFolder('', 'In/Deep', { parents: true });
    await drive.makeFolder('', 'Out');
    const events = watchChanges(drive.context, 'In');
    const told: string[] = [];
    const round = async () => {
      told.length = 0;
      for (;;) {
        const event: DriveEvent = (await events.next()).value;
        if (event.kind === 'round') return [...new Set(told)].sort();
        if (event.kind !== 'resync') told.push(`${event.kind} ${event.item.name ?? 'something'}`);
      }
    };
    const files = (list: readonly string[]) =>
      list.filter((line) => line.endsWith('.txt') || line.endsWith('thing'));
    expect(files(await round())).toEqual([]);
    await drive.upload(bytes, 'In/Deep', { name: 'deep.txt' });
    await drive.upload(bytes, 'Out', { name: 'beside.txt' });
    expect(files(await round())).toEqual(['changed deep.txt']);
    await drive.move('Out/beside.txt', 'In');
    expect(files(await round())).toEqual(['changed beside.txt']);
    await drive.remove('In/Deep/deep.txt');
    expect(files(await round())).toEqual([kind === 'business' ? 'deleted something' : 'deleted deep.txt']);
  });

  it.runIf(kind === 'business')('reports an item that was moved out of it as deleted', async () => {
    const { drive } = await embeddedDrive({ kind });
    await drive.makeFolder('', 'In');
    const events = watchChanges(drive.context, 'In');
    await events.next();
    await drive.upload(bytes, 'In', { name: 'a.txt' });
    for (
      let event = (await events.next()).value;
      event.kind !== 'round';
      event = (await events.next()).value
    );
    await drive.move('In/a.txt', '');
    expect((await events.next()).value).toMatchObject({ kind: 'deleted', item: { name: 'a.txt' } });
  });
});
