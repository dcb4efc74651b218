/** `watch` over real sockets: the service reports changes, also over TLS that only this machine trusts. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type RunningOneDrive,
  type StartOptions,
  startOneDrive,
} from '../../packages/server/src/start-onedrive.ts';
import { type Begun, type Terminal, terminal } from './terminal.ts';

let machine: Terminal;
let drive: RunningOneDrive;

beforeEach(async () => {
  machine = await terminal();
});
afterEach(async () => {
  await drive.close();
  await machine.remove();
});

const count = (path: string) => drive.requests.filter((one) => one.url.includes(path)).length;

/** Turns of the event loop until it is so; the time limit of the test ends it otherwise. */
async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setImmediate(resolve));
}

async function put(name: string): Promise<void> {
  const { status } = await drive.fetch(`/v1.0/me/drive/root:/${name}:/content`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${drive.token()}` },
    body: 'x',
  });
  expect(status).toBe(201);
}

/** Starts a watch that polls once a day; continues when its first change is reported. */
async function watching(options: StartOptions, ...flags: string[]): Promise<() => Promise<Begun>> {
  drive = await startOneDrive(options);
  const ca = join(machine.folder, 'ca.pem');
  if (drive.ca !== undefined) await writeFile(ca, drive.ca);
  const network = drive.ca === undefined ? '' : `network: {ca_cert: ${ca}}\n`;
  await writeFile(machine.config, `client: {id: app}\nendpoints: {graph: "${drive.url}"}\n${network}`);
  const words = ['-c', machine.config, '--debug', 'watch', '--interval', '86400', ...flags];
  return () => machine.begin(words, { env: { ONEDRIVE_TOKEN: drive.token() } });
}

describe.each([
  ['of a personal drive', { kind: 'personal' }],
  ['of a business drive', { kind: 'business' }],
  ['over TLS that a file vouches for', { tls: true }],
] as const)('the channel %s', (_, options) => {
  it('reports a change long before the next poll, and never shows the address of the channel', async () => {
    const begin = await watching(options);
    const begun = begin();
    // One request at the start, one when the channel is open: from then on only notifications cause requests.
    await until(() => count('/delta') === 2);
    await put('new.txt');
    const watch = await begun;
    expect(watch.firstLine).toMatch(/^changed /);
    const { status, stderr } = await watch.stop();
    expect([status, count('socketIo')]).toEqual([130, 1]);
    expect(stderr).toContain('subscriptions/socketIo');
    expect(stderr).not.toContain('channel=');
  });
});

describe('asking now and then', () => {
  const refused = {
    faults: {
      rules: [{ match: { path: '**/subscriptions/socketIo' }, fault: { kind: 'status', status: 400 } }],
    },
  } as const;
  it.each([
    ['all that --poll does', {}, ['--poll'], 0],
    ['what is left where the service refuses the channel', refused, [], 1],
  ] as const)('is %s', async (_, options, flags, asked) => {
    const begun = (await watching(options, '--interval', '1', ...flags))();
    await until(() => count('/delta') > 0);
    await put('new.txt');
    const watch = await begun;
    expect(watch.firstLine).toMatch(/^changed /);
    await watch.stop();
    expect(count('socketIo')).toBe(asked);
  });
});
