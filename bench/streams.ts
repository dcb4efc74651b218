/**
 * A large file (`--size` MiB, default 1024) to and from the embedded server by curl, beside a bare `node:http` server that
 * reads and writes the same file.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bare, startBare } from './bare.ts';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { type Command, type Measured, measure } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { readyPageCache } from './page-cache.ts';
import type { Group, Report } from './report.ts';

interface Bench {
  readonly rounds: number;
  readonly folder: string;
  readonly server: EmbeddedServer;
  readonly bare: Bare;
  readonly mebibytes: number;
}

/** Runs it. @throws when curl is not installed. */
export async function run(options: BenchOptions): Promise<Report> {
  if (!options.has('curl')) throw new Error('curl is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-streams-'));
  const mebibytes = options.size ?? 1024;
  const server = await startServer(options.root, { kind: 'business', data: join(folder, 'drive') });
  const bare = await startBare(options.root, folder, { item: '{}' });
  try {
    const groups = await streams({ rounds: options.rounds ?? 5, folder, server, bare, mebibytes });
    return { name: 'streams', groups };
  } finally {
    await server.close();
    await bare.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function streams(bench: Bench): Promise<Group[]> {
  const { rounds, bare, server, folder, mebibytes } = bench;
  const source = join(folder, 'source.bin');
  execFileSync('dd', ['if=/dev/urandom', `of=${source}`, 'bs=1M', `count=${mebibytes}`, 'status=none']);
  const curl = (...args: string[]): Command => ({
    program: 'curl',
    args: ['-sSfL', '-o', '/dev/null', '-H', 'Expect:', ...args],
  });
  const token = ['-H', `Authorization: Bearer ${server.token}`];
  const range = `Content-Range: bytes 0-${mebibytes * 1024 * 1024 - 1}/${mebibytes * 1024 * 1024}`;
  const upload = async () => curl('-T', source, '-H', range, await uploadUrl(server));
  const up: Measured[] = await measure(
    [
      {
        name: 'bare',
        command: () => (readyPageCache(folder, mebibytes), curl('-T', source, `${bare.url}/file`)),
        verify: () => removeReceived(folder),
      },
      {
        name: 'onedrive-kit',
        command: () => (readyPageCache(folder, mebibytes), upload()),
        verify: () => removeUploaded(server),
      },
    ],
    rounds,
  );
  const { program, args } = await upload();
  execFileSync(program, [...args]);
  const content = `${server.url}${file}:/content`;
  const down: Measured[] = await measure(
    [
      { name: 'bare', command: () => curl(`${bare.url}/file`) },
      { name: 'onedrive-kit', command: () => curl(...token, content) },
    ],
    rounds,
  );
  const work = { amount: mebibytes, unit: 'MiB' };
  return [
    { title: `PUT of ${mebibytes} MiB`, reference: 'bare', measured: up, work },
    { title: `GET of ${mebibytes} MiB`, reference: 'bare', measured: down, work },
  ];
}

const file = '/v1.0/me/drive/root:/big.bin';

async function uploadUrl(server: EmbeddedServer): Promise<string> {
  const answer = await ask(server, `${file}:/createUploadSession`);
  return ((await answer.json()) as { uploadUrl: string }).uploadUrl;
}

/** Every upload begins with the same disk. */
async function removeUploaded(server: EmbeddedServer): Promise<void> {
  await ask(server, `${file}:/permanentDelete`);
}

function removeReceived(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith('received-')) rmSync(join(folder, name));
}

async function ask(server: EmbeddedServer, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}.`);
  return answer;
}
