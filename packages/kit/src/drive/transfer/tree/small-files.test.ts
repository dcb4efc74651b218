import { expect, it } from 'vitest';
import { sample } from '../../../../../../test/contract/drive-provider.ts';
import { type EmbeddedDriveOptions, embeddedDrive } from '../../../../../../test/embedded/embedded-drive.ts';
import { textBody } from '../../../http/bodies.ts';
import { readText } from '../../../http/read.ts';
import type { HttpResponse, TransportDecorator } from '../../../http/transport.ts';
import type { FileSystem } from '../../../platform/file-system.ts';
import { memoryFileSystem } from '../../../platform/memory/memory-file-system.ts';
import type { TransferEvent } from './events.ts';
import { smallFileSize, snapshotOf } from './small-files.ts';

const folder = '/home/tree';

async function localFiles(names: readonly string[], size = 1000): Promise<FileSystem> {
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
  const embedded = await embeddedDrive(options);
  await embedded.drive.makeFolder('', 'T');
  embedded.asked.length = 0;
  const events: TransferEvent[] = [];
  for await (const event of embedded.drive.putTree({ fileSystem, folder }, 'T')) events.push(event);
  return { ...embedded, events, summary: events.at(-1) };
}

const names = Array.from({ length: 25 }, (_, i) => `f${i}.bin`);

/** Changes the responses to batches that carry content. */
const changingResponses =
  (change: (response: HttpResponse) => Promise<HttpResponse>): TransportDecorator =>
  (inner) =>
  async (request) => {
    const response = await inner(request);
    const carriesContent = request.url.endsWith('/$batch') && (request.body?.length ?? 0) > 6000;
    return carriesContent ? change(response) : response;
  };

interface BatchBody {
  readonly responses: { id: string; status: number; body: unknown }[];
}

const rewriting = (rewrite: (body: BatchBody) => void) =>
  changingResponses(async (response) => {
    const body = JSON.parse(await readText(response)) as BatchBody;
    rewrite(body);
    return { ...response, body: textBody(JSON.stringify(body)).open() };
  });

it('small files are uploaded in batches, larger files individually', async () => {
  const fileSystem = await localFiles([...names, 'last.bin'], smallFileSize - names.length + 1);
  const { asked, summary } = await put(fileSystem);
  expect(summary).toMatchObject({ files: 26, failed: 0, verdicts: { verified: 26 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([expect.stringContaining('last.bin')]);
});

it('a file that fails in a batch is uploaded individually, and only that file', async () => {
  const between = rewriting(({ responses }) => {
    for (const one of responses) {
      if (one.id === '3') Object.assign(one, { status: 429, body: { error: { code: 'tooManyRequests' } } });
    }
  });
  const { asked, summary } = await put(await localFiles(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
});

it('a file with another hash after the batch is uploaded again individually', async () => {
  const between = rewriting(({ responses }) => {
    const [first] = responses;
    if (first !== undefined)
      first.body = { ...(first.body as object), file: { hashes: { quickXorHash: 'x' } } };
  });
  const { asked, summary } = await put(await localFiles(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
});

it('if batches are refused, every file is uploaded individually', async () => {
  const between = changingResponses(async (response) => ({
    ...response,
    status: 400,
    body: textBody('{"error":{"code":"invalidRequest","message":"No."}}').open(),
  }));
  const { asked, summary } = await put(await localFiles(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(25);
});

it('an item whose JSON the batch response contains as base64, as the service sends it, is accepted', async () => {
  const between = rewriting(({ responses }) => {
    for (const one of responses) one.body = Buffer.from(JSON.stringify(one.body)).toString('base64');
  });
  const { asked, summary } = await put(await localFiles(names), { between });
  expect(summary).toMatchObject({ files: 25, failed: 0, verdicts: { verified: 25 } });
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([]);
});

it('a file that cannot be uploaded is reported once, with the error of its individual upload', async () => {
  const { events } = await put(await localFiles(names), {
    faults: { rules: [{ match: { item: 'f7.bin' }, fault: { kind: 'status', status: 507 } }] },
  });
  expect(events.filter(({ type }) => type === 'failed')).toMatchObject([
    { path: 'f7.bin', error: { code: 'quota' } },
  ]);
  expect(events.at(-1)).toMatchObject({ files: 24, failed: 1 });
});

it('a file that changes while it is read gives no snapshot', async () => {
  const inner = await localFiles(['a.bin']);
  const path = `${folder}/a.bin`;
  let reads = 0;
  const changing: FileSystem = {
    ...inner,
    open: async (...options) => {
      const handle = await inner.open(...options);
      return {
        ...handle,
        read: async (...position) => {
          reads += 1;
          const writer = await inner.open(path, 'a');
          await writer.write(sample(10), 0, 10, null);
          await writer.close();
          return handle.read(...position);
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
