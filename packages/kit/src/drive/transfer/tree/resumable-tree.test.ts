import { describe, expect, it } from 'vitest';
import { sample } from '../../../../../../test/contract/drive-provider.ts';
import { embeddedDrive } from '../../../../../../test/embedded/embedded-drive.ts';
import { OneDriveError } from '../../../errors/index.ts';
import type { TransportDecorator } from '../../../http/transport.ts';
import { memoryLock, memoryStore } from '../../../platform/index.ts';
import { memoryFileSystem } from '../../../platform/memory/memory-file-system.ts';
import { listTransfers } from '../journal.ts';
import type { TransferEvent } from './events.ts';
import { selectionOf } from './selection.ts';

const folder = '/home/tree';

/** A folder of 30 files on disk, a drive, and a network that can be interrupted. */
async function setUp() {
  const fileSystem = memoryFileSystem();
  await fileSystem.mkdir(folder, { recursive: true });
  for (let i = 0; i < 30; i++) {
    const file = await fileSystem.open(`${folder}/f${i}.bin`, 'w');
    await file.write(sample(70_000 + i), 0, 70_000 + i, 0);
    await file.close();
  }
  const wire = { after: Number.POSITIVE_INFINITY };
  const between: TransportDecorator = (inner) => async (request) => {
    if (/\/content|\/_content\//.test(request.url) && wire.after-- <= 0)
      throw new OneDriveError('network', 'The network is gone.');
    return inner(request);
  };
  const journal = { store: memoryStore(), lock: memoryLock(), fileSystem, scope: 'me' };
  const embedded = await embeddedDrive({ journal, between });
  return { ...embedded, wire, journal, local: { fileSystem, folder } };
}

async function all(events: AsyncIterable<TransferEvent>): Promise<TransferEvent[]> {
  const list: TransferEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const count = (events: readonly TransferEvent[], type: TransferEvent['type']) =>
  events.filter((event) => event.type === type).length;

describe('the record of a tree transfer', () => {
  it('is saved once, before the first file, and deleted at the end', async () => {
    const { drive, journal, local } = await setUp();
    const kinds = new Set<string>();
    for await (const event of drive.putTree(local, 'T'))
      if (event.type !== 'summary')
        for (const { kind, local: path } of await listTransfers(journal)) kinds.add(`${kind} ${path}`);
    expect([...kinds]).toEqual([`put-tree ${folder}`]);
    expect(await listTransfers(journal)).toEqual([]);
  });

  it('of an upload stopped in the middle resumes by its id without sending uploaded files again', async () => {
    const { drive, journal, local } = await setUp();
    const selection = await selectionOf({ exclude: ['f29.bin'] });
    let done = 0;
    for await (const event of drive.putTree(local, 'T', { transfers: 1, selection, force: true }))
      if (event.type === 'done' && ++done === 10) break;
    const [job] = await listTransfers(journal);
    expect(job).toMatchObject({ kind: 'put-tree', local: folder, rules: { exclude: ['f29.bin'] } });
    await expect(drive.resumeTransfer(job!.id)).rejects.toMatchObject({ code: 'usage' });
    const events = await all(drive.resumeEvents(job!.id));
    expect(count(events, 'skipped')).toBeGreaterThanOrEqual(10);
    expect(count(events, 'done') + count(events, 'skipped')).toBe(29);
    expect(await listTransfers(journal)).toEqual([]);
  });

  it('of a download that loses the network is jobCounts, and resuming it downloads the files that failed', async () => {
    const { drive, journal, local, wire } = await setUp();
    await all(drive.putTree(local, 'T'));
    const copy = { ...local, folder: '/home/copy' };
    wire.after = 12;
    expect(count(await all(drive.getTree('T', copy)), 'failed')).toBeGreaterThan(0);
    const jobs = await listTransfers(journal);
    expect(jobs).toMatchObject([{ kind: 'get-tree', local: '/home/copy', failed: expect.any(Number) }]);
    wire.after = Number.POSITIVE_INFINITY;
    const events = await all(drive.resumeEvents(jobs[0]!.id));
    expect(events.at(-1)).toMatchObject({ type: 'summary', failed: 0 });
    expect(count(events, 'skipped')).toBeGreaterThan(0);
    const names = await local.fileSystem.readdir('/home/copy');
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    expect(names).toHaveLength(30);
    expect(await listTransfers(journal)).toEqual([]);
  });

  it('is not jobCounts for errors that a retry cannot fix, nor saved in a dry run', async () => {
    const { drive, journal, local } = await setUp();
    const file = await local.fileSystem.open(`${folder}/bad:name`, 'w');
    await file.close();
    expect(count(await all(drive.putTree(local, 'T')), 'omitted')).toBe(1);
    expect(await listTransfers(journal)).toEqual([]);
    const jobCounts: number[] = [];
    for await (const { type } of drive.putTree(local, 'U', { dryRun: true }))
      jobCounts.push(type === 'summary' ? 0 : (await listTransfers(journal)).length);
    expect(new Set(jobCounts)).toEqual(new Set([0]));
    await expect(all(drive.getTree('no such folder', local))).rejects.toMatchObject({ code: 'not-found' });
    expect(await listTransfers(journal)).toEqual([]);
  });
});
