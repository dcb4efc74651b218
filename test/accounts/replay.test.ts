/** A report of something that goes wrong, made into a test: `doctor --bundle`, then `serve --replay`, then the same command. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Begun, type Terminal, terminal, wholeSignIn } from './terminal.ts';

let here: Terminal;
let there: Terminal;
let drive: EmbeddedOneDrive;
let server: Listening;
let replay: Begun | undefined;
const browser = { browser: wholeSignIn };

beforeEach(async () => {
  [here, there] = [await terminal(), await terminal()];
  const files = { 'a.txt': 'hello', Documents: { folder: { 'b.txt': 'b', 'c.txt': 'c' } } };
  drive = await createOneDrive({
    kind: 'business',
    accounts: [{ userPrincipalName: 'me@contoso.com', displayName: 'Mé', drive: { files } }],
    identity: { autoConsent: true, devicePollInterval: 0 },
  });
  server = await listen(drive.handler);
  await configure(here, server.url);
});
afterEach(async () => {
  await replay?.stop();
  replay = undefined;
  await server.close();
  await drive.close();
  await Promise.all([here.remove(), there.remove()]);
});

const configure = (machine: Terminal, url: string, auth = '') =>
  writeFile(
    machine.config,
    `client: {id: app}\nsecrets: file\nendpoints: {authority: "${url}", graph: "${url}"}\n${auth}`,
    { mode: 0o600 },
  );

/** Records `words` as a user would; afterwards only the report remains. */
async function reported(words: readonly string[], person = {}): Promise<string> {
  const path = join(here.folder, 'report.json');
  await here.type(['doctor', '--bundle', path, '--', '-c', here.config, ...words], person);
  await server.close();
  return path;
}

/** Plays the report back, to a machine that has never seen the account. */
async function played(report: string, auth?: string): Promise<void> {
  replay = await there.begin(['serve', '--replay', report, '--port', '0']);
  await configure(there, replay.firstLine, auth);
}

const signedIn = 'auth: {access_token: anything, access_expires: 9999999999, refresh_token: anything}\n';

describe('a report, played back', () => {
  it('answers a command as it was answered where the report was written', async () => {
    await here.type(['auth', '--access', 'write'], browser);
    const original = await here.type(['tree']);
    await played(await reported(['tree']), signedIn);
    expect(await there.type(['tree'])).toEqual(original);
    const { stderr, status } = (await replay?.stop()) ?? {};
    expect(status).toBe(0);
    expect(stderr).not.toContain('Not in the recording');
  });

  it('makes the same thing go wrong', async () => {
    await here.type(['auth', '--access', 'write'], browser);
    const original = await here.type(['mv', 'a.txt', 'Nowhere/']);
    expect(original.status).not.toBe(0);
    await played(await reported(['mv', 'a.txt', 'Nowhere/']), signedIn);
    const again = await there.type(['mv', 'a.txt', 'Nowhere/']);
    expect([again.status, again.stderr]).toEqual([original.status, original.stderr]);
  });

  it('goes through an upload session and its redacted address without leaving the report', async () => {
    await here.type(['auth', '--access', 'write'], browser);
    const large = Buffer.alloc(25 << 20, 7);
    for (const machine of [here, there]) await writeFile(join(machine.folder, 'large.bin'), large);
    const report = await reported(['put', 'large.bin']);
    const { command, exchanges } = JSON.parse(await readFile(report, 'utf8')) as {
      command: { status: number };
      exchanges: { request: { method: string } }[];
    };
    const fragments = exchanges.filter(({ request }) => request.method === 'PUT').length;
    expect([command.status, fragments > 1]).toEqual([0, true]);
    await played(report, signedIn);
    const again = await there.type(['put', 'large.bin']);
    expect([again.status, again.stderr]).toEqual([0, '']);
    expect((await replay?.stop())?.stderr).not.toContain('Not in the recording');
  });

  it.each([
    ['in the browser', ['auth'], browser],
    ['by device code', ['auth', '--device-code'], {}],
  ])('signs in %s: whom the report names, with a token of its own making', async (_, words, person) => {
    const report = await reported(words, person);
    const text = await readFile(report, 'utf8');
    expect(text).toContain('"preferred_username": "me@contoso.com"');
    expect(text).not.toMatch(/eyJ[\w-]{20}/);
    await played(report);
    const { status, stderr } = await there.type(words, person);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Signed in as Mé <me@contoso.com>')]);
    const offline = JSON.parse(
      (await there.type(['auth', 'status', '--offline', '--json'])).stdout,
    ) as object;
    expect(offline).toMatchObject({ signedIn: true, account: 'me@contoso.com', name: 'Mé' });
  });

  it('lists requests that are not in the report', async () => {
    await here.type(['auth'], browser);
    await played(await reported(['ls']), signedIn);
    expect((await there.type(['quota'])).status).toBe(0);
    const { status, stderr } = await there.type(['stat', 'Documents/b.txt']);
    expect([status > 0, stderr]).toEqual([
      true,
      expect.stringContaining('No (further) response was recorded'),
    ]);
    expect((await replay?.stop())?.stderr).toMatch(
      /Not in the recording: GET .*b\.txt[\s\S]*Never requested: GET/,
    );
  });

  it('rejects a file that is not a report', async () => {
    await writeFile(join(here.folder, 'no.json'), '{"format": 99}');
    const { status, stderr } = await here.type(['serve', '--replay', join(here.folder, 'no.json')]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('is not a bundle of this version')]);
  });
});
