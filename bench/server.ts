/**
 * The embedded server, on a folder, beside a bare `node:http` server that moves the same bytes in the same run. Small
 * requests come over 16 raw sockets, streams from curl. `--size` is the number of small requests, of which a hundredth
 * as many list a page of 200; large files have 1 GiB, or 1/64 of `--size` in MiB where that is given and less.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { type Command, type Measured, measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Group, Report } from './report.ts';

const connections = 16;
const fileBytes = 4096;

interface Bench {
  readonly options: BenchOptions;
  readonly folder: string;
  readonly server: EmbeddedServer;
  readonly bare: { readonly url: string; readonly close: () => Promise<void> };
  readonly count: number;
  readonly mebibytes: number;
}

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-server-'));
  const count = options.size ?? 10_000;
  const mebibytes = Math.min(1024, Math.max(1, Math.round((options.size ?? 65_536) / 64)));
  const server = await startServer(options.root, {
    data: join(folder, 'drive'),
    seed: { folders: 1, files: 200, bytes: 10 },
  });
  const bare = await startBare(options.root, folder, {
    item: await textOf(server, '/me/drive/root:/folder%200/file%201.txt'),
    page: await textOf(server, '/me/drive/root:/folder%200:/children'),
  });
  const bench: Bench = { options, folder, server, bare, count, mebibytes };
  try {
    return { name: 'server', groups: [...(await small(bench)), ...(await streams(bench))], notes };
  } finally {
    await server.close();
    await bare.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const notes = [
  'A ratio of 2 is half as many requests a second as the reference. The server signs in each request, keeps a request log, hashes what it is sent and flushes before it answers; the bare one that keeps files flushes each too.',
];

async function small(bench: Bench): Promise<Group[]> {
  const { server, bare, count } = bench;
  const pages = Math.max(1, Math.round(count / 100));
  const get = { method: 'GET', path: '/v1.0/me/drive/root:/folder%200/file%201.txt', count };
  const list = { method: 'GET', path: '/v1.0/me/drive/root:/folder%200:/children', count: pages };
  const put = { method: 'PUT', path: '/v1.0/me/drive/root:/put/{n}.bin:/content', bytes: fileBytes, count };
  const batch = { ...put, count: Math.ceil(count / 20), batch: 20 };
  const group = async (title: string, unit: string, variants: Variant[], amount = count): Promise<Group> => ({
    title,
    reference: variants[0]?.name ?? '',
    measured: await measure(variants, bench.options.rounds ?? 5),
    work: { amount, unit },
  });
  const on = (name: string, url: string, more: object): Variant => ({
    name,
    command: () => load(bench, { url, token: server.token, connections, ...more }),
  });
  return [
    await group('GET of one item', 'requests', [
      on('bare', bare.url, { ...get, path: '/text/item' }),
      on('onedrive-kit', server.url, get),
    ]),
    await group('PUT of 4 KiB', 'files', [
      on('bare, kept in a file', bare.url, { ...put, path: '/keep/{n}' }),
      on('bare, forgotten', bare.url, { ...put, path: '/drop/{n}' }),
      on('onedrive-kit', server.url, put),
      on('onedrive-kit, 20 in a $batch', server.url, batch),
    ]),
    await group(
      'GET of a page of 200 children',
      'pages',
      [on('bare', bare.url, { ...list, path: '/text/page' }), on('onedrive-kit', server.url, list)],
      pages,
    ),
  ];
}

async function streams(bench: Bench): Promise<Group[]> {
  if (!bench.options.has('curl')) return [];
  const { bare, server, folder, mebibytes } = bench;
  const source = join(folder, 'source.bin');
  execFileSync('dd', ['if=/dev/urandom', `of=${source}`, 'bs=1M', `count=${mebibytes}`, 'status=none']);
  const curl = (...args: string[]): Command => ({
    program: 'curl',
    args: ['-sSfL', '-o', '/dev/null', '-H', 'Expect:', ...args],
  });
  const token = ['-H', `Authorization: Bearer ${server.token}`];
  const range = `Content-Range: bytes 0-${mebibytes * 1024 * 1024 - 1}/${mebibytes * 1024 * 1024}`;
  let uploads = 0;
  const rounds = bench.options.rounds ?? 5;
  const up: Measured[] = await measure(
    [
      { name: 'bare', command: () => (settle(), curl('-T', source, `${bare.url}/file`)) },
      {
        name: 'onedrive-kit',
        command: async () => {
          const session = await uploadUrl(server, `big-${uploads++ % 2}.bin`);
          settle();
          return curl('-T', source, '-H', range, session);
        },
      },
    ],
    rounds,
  );
  const content = `${server.url}/v1.0/me/drive/root:/big-0.bin:/content`;
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

/** Lets the disk finish what the run before left to it. */
function settle(): void {
  execFileSync('sync');
}

function load(bench: Bench, options: object): Command {
  const program = join(bench.options.root, 'bench/load-process.mjs');
  return { program: process.execPath, args: [program, JSON.stringify(options)] };
}

async function textOf(server: EmbeddedServer, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${server.token}` };
  return (await fetch(`${server.url}/v1.0${path}`, { headers })).text();
}

async function uploadUrl(server: EmbeddedServer, name: string): Promise<string> {
  const answer = await fetch(`${server.url}/v1.0/me/drive/root:/${name}:/createUploadSession`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
  });
  return ((await answer.json()) as { uploadUrl: string }).uploadUrl;
}

async function startBare(
  root: string,
  work: string,
  texts: Readonly<Record<string, string>>,
): Promise<Bench['bare']> {
  const files = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      writeFileSync(join(work, name), text);
      return [name, join(work, name)];
    }),
  );
  const program = join(root, 'bench/bare-process.mjs');
  const child = spawn(process.execPath, [program, JSON.stringify({ folder: work, texts: files })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return {
    url: String(value),
    close() {
      child.stdin.end();
      return closed;
    },
  };
}
