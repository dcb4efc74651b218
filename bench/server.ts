/**
 * The embedded server, on a folder, beside a bare `node:http` server that moves the same bytes in the same run. Requests
 * come over 16 raw sockets; `--size` is their number, and a tenth as many list a page of 200. Their time is that between
 * the first and the last answer, after a round to warm up.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bare, startBare } from './bare.ts';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { type Command, measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Group, Report } from './report.ts';

const connections = 16;
const fileBytes = 4096;

interface Bench {
  readonly options: BenchOptions;
  readonly server: EmbeddedServer;
  readonly bare: Bare;
  readonly count: number;
}

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-server-'));
  const count = options.size ?? 10_000;
  const server = await startServer(options.root, {
    data: join(folder, 'drive'),
    seed: { folders: 1, files: 200, bytes: 10 },
  });
  const bare = await startBare(options.root, folder, {
    item: await textOf(server, '/me/drive/root:/folder%200/file%201.txt'),
    page: await textOf(server, '/me/drive/root:/folder%200:/children'),
  });
  const bench: Bench = { options, server, bare, count };
  try {
    return { name: 'server', groups: await small(bench), notes };
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
  const pages = Math.max(1, Math.round(count / 10));
  const get = { method: 'GET', path: '/v1.0/me/drive/root:/folder%200/file%201.txt', count };
  const list = { method: 'GET', path: '/v1.0/me/drive/root:/folder%200:/children', count: pages };
  const put = { method: 'PUT', path: '/v1.0/me/drive/root:/put/{n}.bin:/content', bytes: fileBytes, count };
  const batch = { ...put, count: Math.ceil(count / 20), batch: 20 };
  const group = async (title: string, unit: string, variants: Variant[], amount = count): Promise<Group> => ({
    title,
    reference: variants[0]?.name ?? '',
    measured: await measure(variants, bench.options.rounds ?? 5, { warmUp: true }),
    work: { amount, unit },
  });
  const on = (name: string, url: string, more: object): Variant => ({
    name,
    command: () => load(bench, { url, token: server.token, connections, ...more }),
    elapsed: toldMs,
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

/** The time that a program reports in its last line. */
function toldMs(stdout: string): number {
  return (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { ms: number }).ms;
}

function load(bench: Bench, options: object): Command {
  const program = join(bench.options.root, 'bench/load-process.mjs');
  return { program: process.execPath, args: [program, JSON.stringify(options)] };
}

async function textOf(server: EmbeddedServer, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${server.token}` };
  return (await fetch(`${server.url}/v1.0${path}`, { headers })).text();
}
