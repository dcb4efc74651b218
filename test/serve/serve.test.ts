/** `serve`, run as a command in this process, until it is interrupted. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupted } from '../../packages/cli/src/errors.ts';
import { run } from '../../packages/cli/src/run.ts';
import type { World } from '../../packages/cli/src/world.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { systemClock } from '../../packages/kit/src/platform/web/system-clock.ts';
import { raw } from '../listen/raw.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'serve-'));
});
afterEach(() => rm(root, { recursive: true }));

interface Serving {
  /** The first line on stdout: the address. */
  readonly url: string;
  readonly port: number;
  notes(): string;
  /** Interrupts it; the exit status. */
  stop(): Promise<number>;
}

function capture() {
  let text = '';
  let wake = () => {};
  return {
    text: () => text,
    async until(pattern: RegExp) {
      while (!pattern.test(text)) await new Promise<void>((resolve) => (wake = resolve));
    },
    output: {
      isTTY: false,
      columns: undefined,
      write: async (more: string | Uint8Array) => {
        text += Buffer.from(more as string).toString();
        wake();
      },
    },
  };
}

function begin(words: readonly string[]) {
  const out = capture();
  const err = capture();
  const controller = new AbortController();
  const world: World = {
    streams: {
      stdin: { isTTY: false, bytes: async function* () {} },
      stdout: out.output,
      stderr: err.output,
    },
    clock: systemClock,
    random: seededRandom(5),
    fs: nodeFileSystem,
    env: {},
    cwd: root,
    home: join(root, 'home'),
    temporary: root,
    platform: process.platform,
    signal: controller.signal,
    rawArguments: async () => undefined,
    openBrowser: async () => false,
  };
  const status = run(['serve', ...words], world);
  return { out, err, controller, status };
}

async function serve(...words: string[]): Promise<Serving> {
  const { out, err, controller, status } = begin(['--port', '0', '--memory', ...words]);
  await Promise.race([
    out.until(/\n/),
    status.then((code) => Promise.reject(new Error(`${code}: ${err.text()}`))),
  ]);
  await err.until(/Ctrl-C/);
  const url = out.text().trim();
  return {
    url,
    port: Number(new URL(url).port),
    notes: err.text,
    stop: () => {
      controller.abort(new Interrupted(130));
      return status;
    },
  };
}

describe('serve', () => {
  it('prints its address and how to use it, responds, and stops when interrupted', async () => {
    const server = await serve();
    expect((await fetch(`${server.url}/_control/health`)).status).toBe(200);
    expect(server.notes()).toContain(`${server.url}/v1.0`);
    expect(await server.stop()).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('answers to names given with --allow-host, and to pages given with --cors', async () => {
    const server = await serve(
      '--allow-host',
      'box',
      '--allow-host',
      'pc.lan',
      '--cors',
      'https://app.example',
    );
    const ask = async (...lines: string[]) => {
      const wire = await raw(server.port);
      wire.send(`GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
      return Number((await wire.end()).slice(9, 12));
    };
    const hosts = ['box:1', 'PC.lan', 'other.lan'].map((host) => ask(`Host: ${host}`));
    expect(await Promise.all(hosts)).toEqual([200, 200, 421]);
    const pages = ['https://app.example', 'https://evil.example'].map((page) =>
      ask('Host: box', `Origin: ${page}`),
    );
    expect(await Promise.all(pages)).toEqual([200, 403]);
    await server.stop();
  });

  it.each(['*', 'null', 'app.example'])('--cors %s is a usage error', async (origin) => {
    const { status, err } = begin(['--memory', '--port', '0', '--cors', origin]);
    expect([await status, err.text()]).toEqual([2, expect.stringContaining('https://app.example')]);
  });

  it('starts with a seed and goes wrong by a plan', async () => {
    await writeFile(join(root, 'seed.yaml'), 'files: {a.txt: hello}');
    await writeFile(
      join(root, 'faults.yaml'),
      'rules: [{match: {path: /}, fault: {kind: status, status: 503}}]',
    );
    const server = await serve('--seed', 'seed.yaml', '--faults', 'faults.yaml');
    expect((await fetch(server.url)).status).toBe(503);
    await server.stop();
  });

  it.each([
    ['--seed', 'accounts: 3', /accounts/],
    ['--faults', 'rules: [{fault: {kind: boom}}]', /rules\[0\]\.fault/],
    ['--seed', 'a: [', /seed in plan\.yaml is invalid/],
  ] as const)('%s that cannot be used is a usage error that names the place', async (option, text, told) => {
    await writeFile(join(root, 'plan.yaml'), text);
    const { status, err } = begin(['--memory', '--port', '0', option, 'plan.yaml']);
    expect([await status, err.text()]).toEqual([2, expect.stringMatching(told)]);
  });

  it('takes quirks by name, and knows no others', async () => {
    const server = await serve('--quirks', 'short-drive-id,no-hash');
    await server.stop();
    const { status, err } = begin(['--memory', '--port', '0', '--quirks', 'sulks']);
    expect([await status, err.text()]).toEqual([2, expect.stringContaining('sulks')]);
  });

  it('--ca prints an existing file that always contains the same authority', async () => {
    const first = begin(['--ca']);
    expect(await first.status).toBe(0);
    const path = first.out.text().trim();
    expect((await stat(path)).isFile()).toBe(true);
    const second = begin(['--ca']);
    await second.status;
    expect(second.out.text().trim()).toBe(path);
  });

  it('--tls speaks HTTPS', async () => {
    const server = await serve('--tls');
    expect(server.url).toMatch(/^https:/);
    expect(server.notes()).toContain('--cacert');
    await server.stop();
  });

  it('--intercept is a proxy for some hosts, and tells whom it refused', async () => {
    const server = await serve('--intercept');
    const yes = await raw(server.port);
    yes.send('CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n');
    await yes.until(/^HTTP\/1\.1 200 /);
    const no = await raw(server.port);
    no.send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n');
    expect(await no.end()).toMatch(/^HTTP\/1\.1 403 /);
    expect(server.notes()).toContain('Refused: example.com:443');
    expect(server.notes()).toMatch(/HTTPS_PROXY=http:.* SSL_CERT_FILE=/);
    await server.stop();
  });
});
