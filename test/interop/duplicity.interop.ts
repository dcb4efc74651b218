/**
 * Stock duplicity (Debian's 0.8) with its OneDrive backend: backups are made, grown, verified, restored and thinned out.
 * It signs in at login.live.com as it does for a person at a terminal, and works on with the token it stored.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, noiseBytes } from './fixtures/bytes.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';
import { caFile, installed, installedForPython, type RunOptions, run } from './fixtures/program.ts';

const usable =
  installed({ duplicity: 'duplicity' }) &&
  installedForPython({ requests_oauthlib: 'python3-requests-oauthlib' });
const large = noiseBytes(25 * 1024 * 1024 + 7);
const odd = 'ünï #1 %41 & co.txt';
const who = 'alex@outlook.com';
const target = 'onedrive://backups/of this machine';
/** Runs its arguments in a terminal, because duplicity prompts there. */
const terminal = ['/usr/bin/python3', '-c', 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)'];

describe.skipIf(!usable)('duplicity', () => {
  let server: Embedded;
  let work: string;
  let home: string;

  beforeAll(async () => {
    server = await startEmbedded({
      kind: 'personal',
      tls: false,
      accounts: [{ userPrincipalName: who, autoConsent: true }],
    });
    work = mkdtempSync(join(tmpdir(), 'onedrive-kit-duplicity-'));
    home = join(work, 'home');
    mkdirSync(home);
    mkdirSync(join(work, 'source/sub'), { recursive: true });
    writeFileSync(join(work, 'source/a.txt'), 'a');
    writeFileSync(join(work, 'source/empty'), '');
    writeFileSync(join(work, 'source', odd), 'odd');
    writeFileSync(join(work, 'source/sub/large.bin'), large);
  });
  afterAll(async () => {
    await server.close();
    rmSync(work, { recursive: true, force: true });
  });

  const duplicity = (args: readonly string[], options: RunOptions = {}, prefix: readonly string[] = []) =>
    run([...prefix, '/usr/bin/duplicity', ...args, '--no-encryption', '--archive-dir', join(home, 'cache')], {
      ...options,
      env: { HOME: home, HTTPS_PROXY: server.proxy, REQUESTS_CA_BUNDLE: caFile(), ...options.env },
    });
  const ok = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await duplicity(args);
    expect(code, stdout + stderr).toBe(0);
    return stdout;
  };
  const kept = async (): Promise<string[]> => {
    const page = await server.graph('/me/drive/root:/backups/of this machine:/children?$top=1000');
    return (page as { value: { name: string }[] }).value.map(({ name }) => name).sort();
  };
  const source = () => join(work, 'source');

  it('signs in at a terminal, and backs up into a new folder', async () => {
    let asked = false;
    const { code, stdout } = await duplicity(
      ['full', '--volsize', '11', source(), target],
      {
        onOutput: (text, child) => {
          const [, url] = /please open (https:\S+) in a browser[^]*URL of the blank page/.exec(text) ?? [];
          if (url === undefined || asked) return;
          asked = true;
          void server.consent(url, who).then((blank) => child.stdin?.write(`${blank.href}\n`));
        },
      },
      terminal,
    );
    expect(stdout).toContain('Errors 0');
    expect(code).toBe(0);
    expect((await kept()).filter((name) => name.endsWith('.difftar.gz'))).toHaveLength(3);
  });

  it('verifies the backup, and detects later changes', async () => {
    expect(await ok('verify', '--compare-data', target, source())).toContain('0 differences found');
    writeFileSync(join(source(), 'a.txt'), 'changed');
    const { code, stdout } = await duplicity(['verify', '--compare-data', target, source()]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('1 difference found')]);
  });

  it('adds an incremental backup', async () => {
    writeFileSync(join(source(), 'new.txt'), 'new');
    expect(await ok('incremental', source(), target)).toContain('NewFiles 2');
    expect(await ok('verify', '--compare-data', target, source())).toContain('0 differences found');
  });

  it('lists its backups', async () => {
    expect(await ok('collection-status', target)).toMatch(/Full +\S.*3\n +Incremental +\S.*1\n/);
    const files = await ok('list-current-files', target);
    for (const name of ['a.txt', 'empty', 'new.txt', odd, 'sub/large.bin'])
      expect(files).toContain(` ${name}\n`);
  });

  it('restores everything on a new machine, and one file from an earlier backup', async () => {
    rmSync(join(home, 'cache'), { recursive: true });
    await ok('restore', target, join(work, 'back'));
    expect(readdirSync(join(work, 'back')).sort()).toEqual(readdirSync(source()).sort());
    expect(digestOf(readFileSync(join(work, 'back/sub/large.bin')))).toEqual(digestOf(large));
    expect(readFileSync(join(work, 'back/a.txt'), 'utf8')).toBe('changed');
    await ok('restore', '--file-to-restore', odd, target, join(work, 'one'));
    expect(readFileSync(join(work, 'one'), 'utf8')).toBe('odd');
  });

  it('resumes a backup after it was killed', async () => {
    rmSync(join(source(), 'sub/large.bin'));
    writeFileSync(join(source(), 'sub/other.bin'), noiseBytes(large.length, 91));
    const killed = await duplicity(['full', '--volsize', '11', '--verbosity', 'info', source(), target], {
      onOutput: (text, child) => {
        if (/vol1\.difftar\.gz.* sent|Processed volume 1\b|Writing .*vol1\./.test(text))
          child.kill('SIGKILL');
      },
    });
    expect(killed.code).not.toBe(0);
    await ok('full', '--volsize', '11', source(), target);
    expect(await ok('verify', '--compare-data', target, source())).toContain('0 differences found');
  });

  it('cleans up incomplete backups, and removes older ones', async () => {
    await server.onedrive.fetch(
      new Request(
        'https://graph.microsoft.com/v1.0/me/drive/root:/backups/of this machine/duplicity-full.20200101T000000Z.vol1.difftar.gz:/content',
        {
          method: 'PUT',
          headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/gzip' },
          body: 'left behind',
        },
      ),
    );
    await ok('cleanup', '--force', target);
    expect((await kept()).filter((name) => name.includes('20200101'))).toEqual([]);
    const before = (await kept()).length;
    expect(await ok('remove-all-but-n-full', '1', '--force', target)).toContain('Deleting');
    expect((await kept()).length).toBeLessThan(before);
    expect(await ok('verify', target, source())).toContain('0 differences found');
  });

  it('works with the tokens of another program', async () => {
    const refresh = await server.refreshToken(who);
    rmSync(join(home, '.duplicity_onedrive_oauthtoken.json'));
    const env = { OAUTH2_CLIENT_ID: 'b15665d9-eda6-4092-8539-0eec376afd59', OAUTH2_REFRESH_TOKEN: refresh };
    const { code, stdout, stderr } = await duplicity(['collection-status', target], { env });
    expect([code, stdout], stderr).toEqual([0, expect.stringContaining('Full')]);
    expect(existsSync(join(home, '.duplicity_onedrive_oauthtoken.json'))).toBe(false);
  });

  it('reports a full drive before it sends anything', async () => {
    const small = await startEmbedded({
      kind: 'personal',
      tls: false,
      accounts: [{ userPrincipalName: who, autoConsent: true, drive: { total: 1_000_000 } }],
    });
    const env = {
      OAUTH2_CLIENT_ID: 'b15665d9-eda6-4092-8539-0eec376afd59',
      OAUTH2_REFRESH_TOKEN: await small.refreshToken(who),
      HTTPS_PROXY: small.proxy,
    };
    const { code, stderr, stdout } = await duplicity(
      ['full', '--num-retries', '1', source(), 'onedrive://full'],
      { env },
    );
    await small.close();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('Out of space');
  });

  it('sent requests only to hosts of Microsoft', () => expect(server.refused).toEqual([]));
});
