import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directoryStorage, startOneDrive } from '../../packages/server/src/index.ts';

test('a thousand uploads at once, each on a connection of its own, all arrive whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concurrent-'));
  const onedrive = await startOneDrive({ storage: await directoryStorage(folder) });
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const authorization = `Bearer ${onedrive.token()}`;
  const put = (at: number) =>
    new Promise<number>((resolve, reject) => {
      const url = `${onedrive.url}/v1.0/me/drive/root:/all/${at}.bin:/content`;
      const sent = request(url, { method: 'PUT', agent, headers: { authorization } }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.once('error', reject);
      sent.end(Buffer.alloc(1 + (at % 3) * 30_000, at % 251));
    });
  try {
    const statuses = await Promise.all(Array.from({ length: 1000 }, (_, at) => put(at)));
    expect(statuses.filter((status) => status !== 201)).toEqual([]);
    const list = await onedrive.fetch('/v1.0/me/drive/root:/all:/children?$top=1000&$select=name,size', {
      headers: { authorization },
    });
    const { value } = (await list.json()) as { value: readonly { name: string; size: number }[] };
    const sizes = new Map(value.map(({ name, size }) => [name, size]));
    for (let at = 0; at < 1000; at++) expect(sizes.get(`${at}.bin`)).toBe(1 + (at % 3) * 30_000);
  } finally {
    agent.destroy();
    await onedrive.close();
    await rm(folder, { recursive: true });
  }
}, 60_000);
