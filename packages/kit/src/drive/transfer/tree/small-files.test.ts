import { expect, it } from 'vitest';
import { sample } from '../../../../../../test/contract/drive-provider.ts';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../../test/embedded/embedded-drive.ts';
import { textBody } from '../../../http/bodies.ts';
import { readText } from '../../../http/read.ts';
import type { HttpResponse, TransportDecorator } from '../../../http/transport.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import { memoryFileSystem } from '../../../platform/memory/memory-file-system.ts';
import type { TransferEvent } from './events.ts';
import { smallFile, snapshotOf } from './small-files.ts';

const folder = '/home/tree';

async function written(names: readonly string[], size = 1000): Promise<FileSystem> {
  const fileSystem = memoryFileSystem();
  await fileSystem.mkdir(folder, { recursive: true });
  for (const [i, name] of names.entries()) {
    const file = await fileSystem.open(`${folder}/${name}`, 'w');
    await file.write(sample(size + i), 0, size + i, 0);
    await file.close();
  }
  return fileSystem;
}

async function put(fileSystem: FileSystem, options: EmbeddedDriveOptions = {}) {
  const one = await embeddedDrive(options);
  await one.drive.makeFolder('', 'T');
  one.asked.length = 0;
  const events: TransferEvent[] = [];
  for await (const event of one.drive.putTree({ fileSystem, folder }, 'T')) events.push(event);
  return { ...one, events, summary: events.at(-1) };
}

const names = Array.from({ length: 25 }, (_, i) => `f${i}.bin`);

/** Changes the answers to batches that carry content. */
const answering =
  (change: (answer: HttpResponse) => Promise<HttpResponse>): TransportDecorator =>
  (inner) =>
  async (request) => {
    const answer = await inner(request);
    const carries = request.url.endsWith('/$batch') && (request.body?.length ?? 0) > 6000;
    return carries ? change(answer) : answer;
  };

interface Answers {
  readonly responses: { id: string; status: number; body: unknown }[];
}

const rewriting = (rewrite: (answers: Answers) => void) =>
  answering(async (answer) => {
    const answers = JSON.parse(await readText(answer)) as Answers;
    rewrite(answers);
    return { ...answer, body: textBody(JSON.stringify(answers)).open() };
  });

it('small files share requests, larger ones have their own', async () => {
  const fileSystem = await written([...names, 'last.bin'], smallFile - names.length + 1);
  const { asked, summary } = await put(fileSystem);
  expect(summary).toMatchObject({ files: 26, failed: 0, verdicts: { verified: 26 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([expect.stringContaining('last.bin')]);
});

it('a file that is refused in company is uploaded by itself, and no other is', async () => {
  const between = rewriting(({ responses }) => {
    for (const one of responses) {
      if (one.id === '3') Object.assign(one, { status: 429, body: { error: { code: 'tooManyRequests' } } });
    }
  });
  const { asked, summary } = await put(await written(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
});

it('a file of which other bytes came through is uploaded again by itself', async () => {
  const between = rewriting(({ responses }) => {
    const [first] = responses;
    if (first !== undefined)
      first.body = { ...(first.body as object), file: { hashes: { quickXorHash: 'x' } } };
  });
  const { asked, summary } = await put(await written(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
});

it('where batches are refused every file is uploaded by itself', async () => {
  const between = answering(async (answer) => ({
    ...answer,
    status: 400,
    body: textBody('{"error":{"code":"invalidRequest","message":"No."}}').open(),
  }));
  const { asked, summary } = await put(await written(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(25);
});

it('an item that is answered as base64 of its JSON, as the service does, is an item', async () => {
  const between = rewriting(({ responses }) => {
    for (const one of responses) one.body = Buffer.from(JSON.stringify(one.body)).toString('base64');
  });
  const { asked, summary } = await put(await written(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([]);
});

it('what cannot be uploaded is told once, as what was wrong with it by itself', async () => {
  const { events } = await put(await written(names), {
    faults: { rules: [{ match: { item: 'f7.bin' }, fault: { kind: 'status', status: 507 } }] },
  });
  expect(events.filter(({ type }) => type === 'failed')).toMatchObject([
    { path: 'f7.bin', error: { code: 'quota' } },
  ]);
  expect(events.at(-1)).toMatchObject({ files: 24, failed: 1 });
});

it('a file that changes while it is read is no snapshot', async () => {
  const inner = await written(['a.bin']);
  const path = `${folder}/a.bin`;
  let reads = 0;
  const changing: FileSystem = {
    ...inner,
    open: async (...how) => {
      const handle = await inner.open(...how);
      return {
        ...handle,
        read: async (...where) => {
          reads += 1;
          const writer = await inner.open(path, 'a');
          await writer.write(sample(10), 0, 10, null);
          await writer.close();
          return handle.read(...where);
        },
        stat: () => handle.stat(),
        close: () => handle.close(),
      };
    },
  };
  expect(await snapshotOf(inner, path)).toMatchObject({ bytes: sample(1000) });
  expect(await snapshotOf(changing, path)).toBeUndefined();
  expect(reads).toBe(1);
});
