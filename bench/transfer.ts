/**
 * One file of 1 GiB (`--size` in MiB: 4096 for the 4 GiB mode) up and down, server and client in processes of their own
 * and files on disk, beside curl and rclone. onedrive-kit and rclone verify what they move; curl does not.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startServer } from './embedded.ts';
import { type Measured, measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { readyPageCache } from './page-cache.ts';
import type { Report } from './report.ts';

const mebibyte = 1024 * 1024;

interface Bench {
  readonly options: BenchOptions;
  readonly folder: string;
  readonly source: string;
  readonly size: number;
}

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const size = options.size ?? 1024;
  const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-transfer-'));
  const bench = { options, folder, source: join(folder, 'source.bin'), size };
  try {
    await writeSource(bench.source, size);
    const upload = await measureUpload(bench);
    const download = await measureDownload(bench);
    const work = { amount: size, unit: 'MiB' };
    return {
      name: 'transfer',
      groups: [
        { title: `upload ${size} MiB`, reference: 'curl', measured: upload, work },
        { title: `download ${size} MiB`, reference: 'curl', measured: download, work },
      ],
      notes: [
        'curl sends one PUT and downloads to a fresh file, without verification. rclone goes over TLS, and is left out where all do.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each run gets an empty server of its own: nothing is overwritten and the disk does not fill. */
async function measureUpload(bench: Bench): Promise<Measured[]> {
  let server: EmbeddedServer | undefined;
  const fresh = async (): Promise<EmbeddedServer> => {
    await server?.close();
    const data = join(bench.folder, 'drive');
    rmSync(data, { recursive: true, force: true });
    server = await startServer(bench.options.root, {
      data,
      latency: bench.options.latency,
      tls: bench.options.tls,
    });
    readyPageCache(bench.folder, bench.size);
    return server;
  };
  const verify = (): void => {
    const item = itemOf(server, 'big.bin');
    if (item.size !== bench.size * mebibyte) throw new Error(`big.bin has ${item.size} bytes`);
  };
  const variants: Variant[] = [
    { name: 'curl', command: async () => curlUpload(await fresh(), bench), verify },
    {
      name: 'onedrive-kit',
      command: async () => client(bench, await fresh(), 'upload', bench.source, 'big.bin'),
      verify,
    },
  ];
  if (bench.options.has('rclone') && !bench.options.tls) {
    const args = ['copyto', bench.source, 'od:big.bin', '--onedrive-chunk-size', '50M'];
    variants.push({
      name: 'rclone',
      command: async () => ({ program: 'rclone', args, env: (await fresh()).rclone }),
      verify,
    });
  }
  try {
    return await measure(variants, bench.options.rounds ?? 5);
  } finally {
    await server?.close();
  }
}

async function measureDownload(bench: Bench): Promise<Measured[]> {
  const data = join(bench.folder, 'drive');
  rmSync(data, { recursive: true, force: true });
  const server = await startServer(bench.options.root, {
    data,
    latency: bench.options.latency,
    tls: bench.options.tls,
  });
  const target = join(bench.folder, 'target.bin');
  const fresh = () => {
    rmSync(target, { force: true });
    readyPageCache(bench.folder, bench.size);
  };
  const verify = async (): Promise<void> => {
    const { size } = await stat(target);
    if (size !== bench.size * mebibyte) throw new Error(`${size} bytes arrived`);
  };
  try {
    const { program, args } = curlUpload(server, bench);
    execFileSync(program, [...args]);
    const url = `${server.url}/v1.0/me/drive/root:/big.bin:/content`;
    const curl = [
      '-sSfL',
      '--cacert',
      server.ca,
      '-H',
      `Authorization: Bearer ${server.token}`,
      '-o',
      target,
      url,
    ];
    const variants: Variant[] = [
      { name: 'curl', command: () => (fresh(), { program: 'curl', args: curl }), verify },
      {
        name: 'onedrive-kit',
        command: () => (fresh(), client(bench, server, 'download', 'big.bin', target)),
        verify,
      },
    ];
    if (bench.options.has('rclone') && !bench.options.tls) {
      const rclone = { program: 'rclone', args: ['copyto', 'od:big.bin', target], env: server.rclone };
      variants.push({ name: 'rclone', command: () => (fresh(), rclone), verify });
    }
    return await measure(variants, bench.options.rounds ?? 5);
  } finally {
    await server.close();
  }
}

function client(bench: Bench, server: EmbeddedServer, ...args: string[]) {
  const program = join(bench.options.root, 'bench/client-process.mjs');
  return {
    program: process.execPath,
    args: [program, server.url, server.token, ...args],
    env: { BENCH_CA: server.ca },
  };
}

/** The whole file as one fragment of an upload session: a simple PUT is limited to 250 MB. */
function curlUpload(server: EmbeddedServer, bench: Bench) {
  const bytes = bench.size * mebibyte;
  const url = createSession(server, 'big.bin');
  const args = [
    '-sSf',
    '--cacert',
    server.ca,
    '-o',
    '/dev/null',
    '-T',
    bench.source,
    '-H',
    `Content-Range: bytes 0-${bytes - 1}/${bytes}`,
    '-H',
    'Expect:',
    url,
  ];
  return { program: 'curl', args };
}

function createSession(server: EmbeddedServer, name: string): string {
  const args = [
    '-sSf',
    '--cacert',
    server.ca,
    '-X',
    'POST',
    '-H',
    `Authorization: Bearer ${server.token}`,
    '-H',
    'Content-Type: application/json',
    '-d',
    '{}',
  ];
  const url = `${server.url}/v1.0/me/drive/root:/${name}:/createUploadSession`;
  const answer = JSON.parse(execFileSync('curl', [...args, url], { encoding: 'utf8' })) as {
    uploadUrl: string;
  };
  return answer.uploadUrl;
}

function itemOf(server: EmbeddedServer | undefined, name: string): { readonly size: number } {
  if (server === undefined) throw new Error('There is no server to ask.');
  const args = ['-sSf', '--cacert', server.ca, '-H', `Authorization: Bearer ${server.token}`];
  const url = `${server.url}/v1.0/me/drive/root:/${name}`;
  return JSON.parse(execFileSync('curl', [...args, url], { encoding: 'utf8' })) as { size: number };
}

async function writeSource(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  const block = new Uint8Array(mebibyte);
  try {
    for (let i = 0; i < size; i++) {
      for (let at = 0; at < mebibyte; at += 4096) block[at] = (i + at / 4096) & 255;
      await file.write(block);
    }
  } finally {
    await file.close();
  }
}
