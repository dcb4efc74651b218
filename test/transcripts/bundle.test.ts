/** The built bundle as a process: what cannot be seen in memory. `npm test` builds it first. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOneDrive } from '../../packages/server/src/start-onedrive.ts';
import { serverCertificate } from '../accounts/certificates.ts';

const program = fileURLToPath(new URL('../../packages/cli/dist/main.cjs', import.meta.url));
let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(words: readonly string[], more: Readonly<Record<string, string>> = {}): ChildProcess {
  const env = { PATH: process.env['PATH'], HOME: folder, ...more };
  const child = spawn(process.execPath, [program, ...words], { cwd: folder, env });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = '';
  for await (const chunk of stream ?? []) all += chunk.toString();
  return all;
}

async function cli(
  words: readonly string[],
  stdin = '',
  env: Readonly<Record<string, string>> = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = start(words, env);
  const exit = once(child, 'exit');
  child.stdin?.on('error', () => {});
  child.stdin?.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await exit) as [number];
  return { status, stdout, stderr };
}

test('--version says the version of the package, and nothing but the entry is loaded for it', async () => {
  const { version } = JSON.parse(
    await readFile(new URL('../../packages/cli/package.json', import.meta.url), 'utf8'),
  ) as {
    version: string;
  };
  expect(await cli(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(await cli(['-V'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect((await readFile(program)).length).toBeLessThan(32 * 1024);
});

test('--help, -h, help and no arguments print the same text; help all has every command', async () => {
  const texts = await Promise.all([['--help'], ['-h'], ['help'], []].map((words) => cli(words)));
  for (const one of texts) expect(one).toEqual({ status: 0, stdout: texts[0]?.stdout, stderr: '' });
  const full = await cli(['help', 'all']);
  for (const name of ['auth', 'auth refresh', 'ls', 'put', 'comments delete', 'serve', 'api']) {
    expect(full.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  }
});

test('bytes that go up through stdin come down through stdout', async () => {
  const content = `${'0123456789abcdef'.repeat(4096)}\n`;
  expect(await cli(['--local', 'put', '-', 'piped.bin'], content)).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  expect((await cli(['--local', 'get', 'piped.bin'])).stdout).toBe(content);
  expect((await cli(['--local', 'ls'])).stdout).toBe('- piped.bin\n');
});

test('no account: the message names auth and --local, and the exit status is 3', async () => {
  const { status, stdout, stderr } = await cli(['ls']);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(/^onedrive-cli: You are not signed in: /);
  expect(stderr).toMatch(/onedrive-cli auth\n.*--local/);
});

test('a reader that goes away ends the command quietly', async () => {
  await writeFile(join(folder, 'large.bin'), Buffer.alloc(8 << 20, 'x'));
  await cli(['--local', 'put', 'large.bin']);
  const child = start(['--local', 'get', 'large.bin']);
  const exit = once(child, 'exit');
  child.stdout?.once('data', () => child.stdout?.destroy());
  const stderr = await text(child.stderr);
  expect({ stderr, exit: await exit }).toEqual({ stderr: '', exit: [0, null] });
});

test('serve says its address on stdout, answers there, and stops at SIGTERM', async () => {
  const child = start(['serve', '--memory', '--port', '0']);
  const exit = once(child, 'exit');
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const url = chunk.toString().trim();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/v1.0/me/drive`)).status).toBe(401);
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test.skipIf(process.platform !== 'linux')(
  'a code that is pasted as an argument is in the title of the process no longer than it takes to read',
  async () => {
    const service = createServer(() => undefined);
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const { port } = service.address() as AddressInfo;
    await writeFile(
      join(folder, 'title.yaml'),
      `client: {id: app}\nendpoints: {authority: "http://127.0.0.1:${port}"}\n`,
    );
    const started = await cli(['-c', 'title.yaml', 'auth']);
    const state = new URL(started.stdout.trim()).searchParams.get('state') ?? '';
    const asked = once(service, 'request');
    const child = start(['-c', 'title.yaml', 'auth', `http://localhost/?code=the-code&state=${state}`]);
    await asked;
    expect(await readFile(`/proc/${child.pid}/cmdline`, 'utf8')).not.toMatch(/the-code|state=/);
    child.kill('SIGKILL');
    service.closeAllConnections();
    service.close();
  },
);

test.skipIf(process.platform !== 'linux')(
  'auth starts the browser of the desktop, shows the address, and ends when the browser has come back',
  async () => {
    const onedrive = await startOneDrive({ identity: { autoConsent: true } });
    const desktop = join(folder, 'desktop');
    await mkdir(desktop);
    const browser = `#!${process.execPath}\nfetch(process.argv[2]).then((page) => page.text());\n`;
    await writeFile(join(desktop, 'xdg-open'), browser, { mode: 0o755 });
    const env = {
      PATH: `${desktop}:${process.env['PATH'] ?? ''}`,
      DISPLAY: ':0',
      ONEDRIVE_CLIENT_ID: 'app',
      ONEDRIVE_AUTHORITY_URL: onedrive.url,
      ONEDRIVE_GRAPH_URL: onedrive.url,
      ONEDRIVE_SECRETS: 'file',
    };
    const { status, stdout, stderr } = await cli(['-c', 'desktop.yaml', 'auth'], '', env);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Signed in as')]);
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/common\/oauth2\/v2\.0\/authorize\?/),
      expect.stringContaining('Continue in the browser window'),
    ]);
    expect((await cli(['-c', 'desktop.yaml', 'quota'], '', env)).status).toBe(0);
    await onedrive.close();
  },
);

test('an authority of NODE_EXTRA_CA_CERTS is trusted, also beside one of --ca-cert; without it nothing is', async () => {
  const onedrive = await startOneDrive({ tls: true });
  await writeFile(join(folder, 'ca.pem'), onedrive.ca ?? '');
  await writeFile(join(folder, 'other.pem'), serverCertificate(['other.test']).cert);
  const env = { ONEDRIVE_TOKEN: onedrive.token(), ONEDRIVE_GRAPH_URL: onedrive.url };
  const extra = { ...env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  expect((await cli(['quota'], '', extra)).status).toBe(0);
  expect((await cli(['--ca-cert', 'other.pem', 'quota'], '', extra)).status).toBe(0);
  const { status, stderr } = await cli(['quota'], '', env);
  expect([status, stderr]).toEqual([7, expect.stringContaining('Do not trust')]);
  await onedrive.close();
});

test('Ctrl-C in the middle of an upload from stdin ends with 130 and leaves nothing in the drive', async () => {
  const child = start(['--local', 'put', '-', 'never.bin']);
  const exit = once(child, 'exit');
  child.stdin?.on('error', () => {});
  // A pipe holds 64 KiB: once a mebibyte has gone in, the command is reading.
  await new Promise((resolve) => child.stdin?.write(Buffer.alloc(1 << 20), resolve));
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect((await cli(['--local', 'ls'])).stdout).not.toContain('never.bin');
  expect(await readdir(folder)).not.toContain('never.bin');
});
