/**
 * A whole round of delta over a drive of `--size` items (default 1,000,000) in a folder, in pages of 1,000, beside a bare
 * `node:http` server that answers as many pages of as many bytes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBare } from './bare.ts';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Report } from './report.ts';

const filesPerFolder = 1000;

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const count = options.size ?? 1_000_000;
  const work = mkdtempSync(join(tmpdir(), 'onedrive-kit-delta-'));
  const folders = Math.ceil(count / (filesPerFolder + 1));
  const server = await startServer(options.root, {
    data: join(work, 'drive'),
    seed: { folders, files: filesPerFolder, bytes: 0 },
  });
  const items = folders * (filesPerFolder + 1) + 1;
  const path = '/v1.0/me/drive/root/delta?$top=1000';
  const bare = await startBare(options.root, work, { page: await textOf(server, path) });
  const pages = Math.ceil(items / 1000);
  try {
    const measured = await measure(
      [
        variant(options.root, 'bare', { url: `${bare.url}/text/page`, token: '', pages }),
        variant(options.root, 'onedrive-kit', { url: server.url + path, token: server.token }),
      ],
      options.rounds ?? 1,
    );
    const title = `delta of ${items} items`;
    return {
      name: 'delta',
      groups: [{ title, reference: 'bare', measured, work: { amount: items, unit: 'items' } }],
    };
  } finally {
    await server.close();
    await bare.close();
    rmSync(work, { recursive: true, force: true });
  }
}

function variant(root: string, name: string, argument: object): Variant {
  const args = [join(root, 'bench/delta-process.mjs'), JSON.stringify(argument)];
  return {
    name,
    command: () => ({ program: process.execPath, args }),
    elapsed: (stdout) => (JSON.parse(stdout) as { ms: number }).ms,
  };
}

async function textOf(server: EmbeddedServer, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${server.token}` };
  return (await fetch(server.url + path, { headers })).text();
}
