/**
 * 1,000 files of 4 KiB (`--size` is their number) up and down, eight at a time, beside curl (`--parallel`, one process)
 * and rclone. Each run goes to a folder of its own, and nothing is removed before the last one has ended: ext4 without a
 * journal looks past every file that was removed in the last minutes each time it makes one (`recently_deleted` in
 * https://github.com/torvalds/linux/blob/v6.18/fs/ext4/ialloc.c), 0.8 ms after 10,000 of them.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { type Command, measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Report } from './report.ts';

const fileBytes = 4096;
const parallel = 8;

interface Bench {
  readonly options: BenchOptions;
  readonly server: EmbeddedServer;
  readonly folder: string;
  readonly names: readonly string[];
}

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const count = options.size ?? 1000;
  const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-small-'));
  const server = await startServer(options.root, { data: join(folder, 'drive'), latency: options.latency });
  const bench = { options, server, folder, names: Array.from({ length: count }, (_, i) => `file${i}.bin`) };
  try {
    mkdirSync(join(folder, 'source'));
    for (const [i, name] of bench.names.entries()) {
      writeFileSync(join(folder, 'source', name), new Uint8Array(fileBytes).fill(i & 255));
    }
    const rounds = options.rounds ?? 3;
    const work = { amount: count, unit: 'files' };
    const upload = await measure(uploads(bench), rounds);
    const download = await measure(downloads(bench), rounds);
    return {
      name: 'small-files',
      groups: [
        { title: `upload ${count} files of ${fileBytes} bytes`, reference: 'curl', measured: upload, work },
        {
          title: `download ${count} files of ${fileBytes} bytes`,
          reference: 'curl',
          measured: download,
          work,
        },
      ],
      notes: ['rclone goes over TLS and verifies; so does onedrive-kit verify. curl does not.'],
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function uploads(bench: Bench): Variant[] {
  const source = join(bench.folder, 'source');
  let target = '';
  let runs = 0;
  const fresh = async (): Promise<string> => {
    target = `run${runs++}`;
    await ask(bench.server, '/me/drive/root/children', { name: target, folder: {} });
    return target;
  };
  const verify = async (): Promise<void> => {
    const { folder } = (await ask(bench.server, `/me/drive/root:/${target}`)) as {
      folder: { childCount: number };
    };
    if (folder.childCount !== bench.names.length) throw new Error(`${folder.childCount} files arrived`);
  };
  const variants: Variant[] = [
    {
      name: 'curl',
      command: async () => {
        const into = await fresh();
        return curl(bench, (name) => [
          `upload-file = "${join(source, name)}"`,
          `url = "${contentUrl(bench, into, name)}"`,
          'output = "/dev/null"',
        ]);
      },
      verify,
    },
    { name: 'onedrive-kit', command: async () => client(bench, 'upload-all', source, await fresh()), verify },
  ];
  if (bench.options.has('rclone')) {
    const command = async () => rclone(bench, source, `od:${await fresh()}`);
    variants.push({ name: 'rclone', command, verify });
  }
  return variants;
}

function downloads(bench: Bench): Variant[] {
  let target = '';
  const fresh = (): string => (target = mkdtempSync(join(bench.folder, 'target-')));
  const verify = (): void => {
    const arrived = readdirSync(target).length;
    if (arrived !== bench.names.length) throw new Error(`${arrived} files arrived`);
  };
  const fromCurl = (into: string): Command =>
    curl(bench, (name) => [`url = "${contentUrl(bench, 'run0', name)}"`, `output = "${join(into, name)}"`]);
  const variants: Variant[] = [
    { name: 'curl', command: () => fromCurl(fresh()), verify },
    { name: 'onedrive-kit', command: () => client(bench, 'download-all', 'run0', fresh()), verify },
  ];
  if (bench.options.has('rclone')) {
    variants.push({ name: 'rclone', command: () => rclone(bench, 'od:run0', fresh()), verify });
  }
  return variants;
}

function client(bench: Bench, ...args: string[]): Command {
  const program = join(bench.options.root, 'bench/client-process.mjs');
  return {
    program: process.execPath,
    args: [program, bench.server.url, bench.server.token, ...args, `${parallel}`],
  };
}

function rclone(bench: Bench, from: string, to: string): Command {
  const args = ['copy', from, to, '--transfers', `${parallel}`];
  return { program: 'rclone', args, env: bench.server.rclone };
}

/** One curl for all files, told by a configuration file. */
function curl(bench: Bench, lines: (name: string) => string[]): Command {
  const file = join(bench.folder, 'curl.txt');
  const header = [
    `header = "Authorization: Bearer ${bench.server.token}"`,
    'location',
    'fail',
    'silent',
    'show-error',
  ];
  writeFileSync(file, [...header, ...bench.names.flatMap(lines)].join('\n'));
  return { program: 'curl', args: ['--parallel', '--parallel-max', `${parallel}`, '-K', file] };
}

function contentUrl(bench: Bench, folder: string, name: string): string {
  return `${bench.server.url}/v1.0/me/drive/root:/${folder}/${name}:/content`;
}

async function ask(server: EmbeddedServer, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${server.url}/v1.0${path}`, {
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
