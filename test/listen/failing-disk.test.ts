/** A disk that fails in the middle of a body: the response is broken off, and reported with the item. */
import { expect, it } from 'vitest';
import { createOneDrive, memoryStorage, type Storage } from '../../packages/server/src/index.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';
import { StorageError } from '../../packages/server/src/storage/storage-error.ts';
import { raw } from './raw.ts';

/** A storage whose reads fail after the first chunk. */
function failingStorage(): Storage {
  const memory = memoryStorage();
  return {
    ...memory,
    blobs: {
      ...memory.blobs,
      read: () => ({
        async *[Symbol.asyncIterator]() {
          yield new TextEncoder().encode('begin');
          throw new StorageError('io', 'The disk reports an error.');
        },
      }),
    },
  };
}

it('an error of the disk in the middle of a body ends the connection and is reported', async () => {
  const reports: string[] = [];
  const onedrive = await createOneDrive({
    storage: failingStorage(),
    seed: { Docs: { folder: { 'a.txt': 'abcdefghij' } } },
  });
  const server = await listen(onedrive.handler, {
    graceMs: 100,
    onBrokenResponse: (error, { method, path }) =>
      reports.push(
        `${method} ${path.replace(/[\w.-]{20,}$/, 'TICKET')} ${error instanceof Error ? error.message : ''}`,
      ),
  });
  const token = onedrive.token();
  const headers = { authorization: `Bearer ${token}` };
  const item = await fetch(`${server.url}/v1.0/me/drive/root:/Docs/a.txt`, { headers });
  const { '@microsoft.graph.downloadUrl': url } = (await item.json()) as Record<string, string>;
  const client = await raw(server.port);
  client.send(
    `GET ${new URL(url ?? '').pathname}?secret=1 HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`,
  );
  const received = await client.end();
  const [, body = ''] = received.split('\r\n\r\n');
  expect(['', 'begin']).toContain(body);
  expect(reports).toEqual([
    'GET /_content/TICKET The content of /Docs/a.txt cannot be read. The disk reports an error.',
  ]);
  await server.close();
  await onedrive.close();
});
