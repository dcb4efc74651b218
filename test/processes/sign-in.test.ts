/** What several processes do to one sign-in, for real: files, locks, sockets and signals. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configFile } from '../../packages/kit/src/config/index.ts';
import { fileLock } from '../../packages/kit/src/platform/node/file-lock.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { bundleProgram, start } from './program.ts';

let folder = '';
let renew = '';
let rewrite = '';
let settle = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'));
  [renew, rewrite, settle] = (await Promise.all(
    ['renew', 'rewrite', 'settle'].map((name) => bundleProgram(name, folder)),
  )) as [string, string, string];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A token endpoint; `hold` answers nothing, `once` takes each refresh token one time only. */
async function tokenEndpoint(
  hold: boolean,
  { once = false } = {},
): Promise<{ server: Server; url: string; asked: string[]; wasAsked: Promise<void> }> {
  const asked: string[] = [];
  let tell = (): void => {};
  const wasAsked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk: Buffer) => (form += chunk.toString()));
    request.on('end', () => {
      asked.push(new URLSearchParams(form).get('refresh_token') ?? '');
      tell();
      if (hold) return;
      const number = asked.length;
      if (once && asked.indexOf(asked.at(-1) ?? '') < number - 1) {
        const used = { error: 'invalid_grant', error_description: 'AADSTS70000: used.' };
        response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(used));
        return;
      }
      const body = {
        token_type: 'Bearer',
        expires_in: 3600,
        access_token: `A${number}`,
        refresh_token: `R${number}`,
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, wasAsked };
}

async function account(name: string, authority: string) {
  const path = join(folder, `${name}.yaml`);
  await writeFile(
    path,
    `client: {id: 0012}\nendpoints:\n  authority: ${authority} # under test\nauth:\n  refresh_token: R0\n`,
  );
  const locks = join(folder, `${name}-locks`);
  const open = () => configFile({ path, fs: nodeFileSystem, lock: fileLock(locks) });
  return { path, locks, session: async () => (await open().load()).profiles[0]!.session };
}

describe('two processes', () => {
  it('that renew at once send one request, and both have the token', async () => {
    const { server, url, asked } = await tokenEndpoint(false);
    const { path, locks, session } = await account('two', url);
    const programs = [1, 2, 3].map(() => start(renew, path, locks));
    await Promise.all(programs.map(({ said }) => said('ready')));
    for (const { child } of programs) child.stdin?.write('go\n');
    const ends = await Promise.all(programs.map(({ ended }) => ended));
    expect(ends.map(({ stdout, stderr }) => stdout + stderr)).toEqual(ends.map(() => 'ready\nA1\n'));
    expect(asked).toEqual(['R0']);
    expect(await session()).toMatchObject({ accessToken: 'A1', refreshToken: 'R1' });
    expect(await readFile(path, 'utf8')).toContain(`  authority: ${url} # under test\n`);
    server.close();
  });

  it('of which one is killed while it renews leave the sign-in to the other', async () => {
    const silent = await tokenEndpoint(true);
    const { path, locks, session } = await account('killed', silent.url);
    const first = start(renew, path, locks);
    await first.said('ready');
    first.child.stdin?.write('go\n');
    await silent.wasAsked;
    first.child.kill('SIGKILL');
    await first.ended;
    silent.server.closeAllConnections();
    silent.server.close();
    expect(await session()).toMatchObject({ refreshToken: 'R0' });

    const { server, url } = await tokenEndpoint(false);
    await writeFile(path, (await readFile(path, 'utf8')).replace(silent.url, url));
    const second = start(renew, path, locks);
    await second.said('ready');
    second.child.stdin?.write('go\n');
    expect((await second.ended).stdout).toBe('ready\nA1\n');
    server.close();
  });
});

describe('processes that write settings at the same time', () => {
  it('lose none of them, and one that is killed in between harms none of the others', async () => {
    const { path, locks } = await account('settings', 'http://127.0.0.1:1');
    const lasting = ['ann', 'bob'].map((name) => start(settle, path, locks, name, '15'));
    const killed = start(settle, path, locks, 'eve', '1000');
    await killed.said('3;');
    killed.child.kill('SIGKILL');
    const last = (await killed.ended).stdout.split(';').filter(Boolean).length;
    expect((await Promise.all(lasting.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([0, 0]);
    const { profiles } = await configFile({ path, fs: nodeFileSystem, lock: fileLock(locks) }).load();
    const accounts = Object.fromEntries(profiles.map(({ name, account: of }) => [name, of]));
    expect(accounts).toMatchObject({ ann: 'ann-15', bob: 'bob-15' });
    expect(Number(accounts['eve']?.split('-')[1])).toBeGreaterThanOrEqual(last);
    expect(await readFile(path, 'utf8')).toContain('# under test\n');
  });
});

/** Has it renew, and kills it when the answer has come and nothing is saved. @returns what it printed. */
async function killedBeforeTheSave({ path, locks }: { path: string; locks: string }): Promise<string> {
  const first = start(renew, path, locks, 'standing');
  await first.said('ready');
  first.child.stdin?.write('go\n');
  await first.said('saving');
  first.child.kill('SIGKILL');
  return (await first.ended).stdout;
}

async function renewed({ path, locks }: { path: string; locks: string }) {
  const next = start(renew, path, locks);
  await next.said('ready');
  next.child.stdin?.write('go\n');
  return await next.ended;
}

describe('a process that is killed between the answer and the save', () => {
  it('leaves the file as it was, and the old refresh token renews the sign-in', async () => {
    const { server, url, asked } = await tokenEndpoint(false);
    const { path, locks, session } = await account('answered', url);
    const before = await readFile(path, 'utf8');
    expect(await killedBeforeTheSave({ path, locks }), 'no token was handed out').toBe('ready\nsaving\n');
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(asked).toEqual(['R0']);

    expect((await renewed({ path, locks })).stdout).toBe('ready\nA2\n');
    expect(asked).toEqual(['R0', 'R0']);
    expect(await session()).toMatchObject({ accessToken: 'A2', refreshToken: 'R2' });
    server.close();
  });
});

describe('a process that is killed between the answer and the save, of a service whose tokens work once', () => {
  it('leaves the file whole, and the next one asks for a sign-in', async () => {
    const { server, url, asked } = await tokenEndpoint(false, { once: true });
    const { path, locks, session } = await account('once', url);
    const before = await readFile(path, 'utf8');
    await killedBeforeTheSave({ path, locks });

    const { stdout, stderr, code } = await renewed({ path, locks });
    expect([stdout, code]).toEqual(['ready\n', 1]);
    expect(stderr).toMatch(/auth-required/);
    expect(stderr).toContain('Sign in again.');
    expect(asked).toEqual(['R0', 'R0']);
    expect([await readFile(path, 'utf8'), (await session()).refreshToken]).toEqual([before, 'R0']);
    server.close();
  });
});

describe('a process that is killed while it writes', () => {
  it('leaves the old or the new text, whole, and no second copy of the secrets', async () => {
    const { path, locks, session } = await account('writes', 'http://127.0.0.1:1');
    for (let round = 0; round < 12; round++) {
      const program = start(rewrite, path, locks);
      await program.said(`${String(round % 5)};`);
      program.child.kill('SIGKILL');
      const { stdout } = await program.ended;
      const { refreshToken, accessToken } = await session();
      const reported = stdout.split(';').filter((word) => /^\d+$/.test(word)).length;
      expect(refreshToken).toBe(accessToken);
      expect(refreshToken).toHaveLength(2000);
      expect(Number(refreshToken?.split('-')[0])).toBeGreaterThanOrEqual(reported - 1);
    }
    const last = configFile({ path, fs: nodeFileSystem, lock: fileLock(locks) });
    await last.change([{ path: ['auth', 'refresh_token'], value: 'end' }]);
    const left = (await readdir(folder)).filter((name) => name.includes('writes.yaml'));
    expect(left).toEqual(['writes.yaml']);
  });
});
