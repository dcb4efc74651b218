/**
 * Stock rclone against the embedded OneDrive: each command is judged by what rclone says and by what the drive holds
 * afterwards. Debian's rclone 1.60 is the reference (`apt-get install rclone`).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickXorHash } from '../../src/hash/index.ts';
import { digestOf, patternBytes } from './fixtures/bytes.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';
import { type RcloneRemote, type RcloneResult, rclone } from './fixtures/rclone.ts';
import { type Relay, startRelay } from './fixtures/relay.ts';

const large = patternBytes(25 * 1024 * 1024 + 3);
const when = new Date('2024-02-29T12:34:56Z');

describe.each(['personal', 'business'] as const)('rclone on a %s drive', (kind) => {
  let server: Embedded;
  let relay: Relay;
  let work: string;
  let run: (args: readonly string[], input?: string) => Promise<RcloneResult>;
  let remote: RcloneRemote;

  beforeAll(async () => {
    server = await startEmbedded({
      kind,
      accounts: [{ userPrincipalName: 'alex@contoso.com', autoConsent: true }],
    });
    relay = await startRelay(server.port);
    work = mkdtempSync(join(tmpdir(), 'onedrive-kit-rclone-'));
    mkdirSync(join(work, 'home'));
    mkdirSync(join(work, 'tree/sub dir/deeper'), { recursive: true });
    const files = {
      'small.txt': Buffer.from('hello rclone'),
      'empty.bin': Buffer.alloc(0),
      'sub dir/ünï #1 %41.txt': Buffer.from('odd name'),
      'sub dir/deeper/large.bin': large,
    };
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(work, 'tree', name), bytes);
      utimesSync(join(work, 'tree', name), when, when);
    }
    const drive = await server.graph('/me/drive');
    remote = {
      proxy: relay.url,
      driveId: String(drive['id']),
      driveType: String(drive['driveType']),
      token: { access_token: server.token, expiry: '2099-01-01T00:00:00Z' },
      home: join(work, 'home'),
    };
    run = rclone(remote);
  });
  afterAll(async () => {
    await relay.close();
    await server.close();
    rmSync(work, { recursive: true, force: true });
  });

  /** Runs a command that must succeed; its standard output. */
  const ok = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args);
    expect(code, `rclone ${args.join(' ')}\n${stderr}`).toBe(0);
    return stdout;
  };
  const children = async (path: string): Promise<string[]> => {
    const below = path === '' ? '/me/drive/root/children' : `/me/drive/root:/${encodeURI(path)}:/children`;
    const page = (await server.graph(below)) as { value: { name: string }[] };
    return page.value.map((item) => item.name).sort();
  };

  it('mkdir makes folders on the way', async () => {
    await ok('mkdir', 'od:made/inner');
    expect(await children('made')).toEqual(['inner']);
    expect(await ok('lsf', 'od:')).toContain('made/\n');
  });

  it('copy uploads a tree: small, empty, large, odd names, with times', async () => {
    await ok('copy', join(work, 'tree'), 'od:tree');
    expect(await children('tree')).toEqual(['empty.bin', 'small.txt', 'sub dir']);
    expect(digestOf(await server.content('tree/sub dir/deeper/large.bin'))).toEqual(digestOf(large));
    expect(Buffer.from(await server.content('tree/sub dir/ünï #1 %41.txt')).toString()).toBe('odd name');
    const small = await server.graph('/me/drive/root:/tree/small.txt');
    expect(small['fileSystemInfo']).toMatchObject({
      lastModifiedDateTime: expect.stringMatching(/^2024-02-29T12:34:56/),
    });
  });

  it('lsjson -R lists every item with size and time', async () => {
    const listed = JSON.parse(await ok('lsjson', '-R', 'od:tree')) as {
      Path: string;
      Size: number;
      ModTime: string;
    }[];
    const byPath = new Map(listed.map((item) => [item.Path, item]));
    expect([...byPath.keys()].sort()).toEqual([
      'empty.bin',
      'small.txt',
      'sub dir',
      'sub dir/deeper',
      'sub dir/deeper/large.bin',
      'sub dir/ünï #1 %41.txt',
    ]);
    expect(byPath.get('sub dir/deeper/large.bin')).toMatchObject({ Size: large.length });
    expect(new Date(byPath.get('small.txt')?.ModTime ?? 0)).toEqual(when);
  });

  it('check finds no difference, and finds one that is there', async () => {
    await ok('check', join(work, 'tree'), 'od:tree');
    writeFileSync(join(work, 'tree/small.txt'), 'hello rclonE');
    const { code, stderr } = await run(['check', join(work, 'tree'), 'od:tree']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('1 differences found');
    writeFileSync(join(work, 'tree/small.txt'), 'hello rclone');
    utimesSync(join(work, 'tree/small.txt'), when, when);
  });

  it('copy sends nothing when nothing changed', async () => {
    const { code, stderr } = await run(['copy', '-v', '--stats-one-line', join(work, 'tree'), 'od:tree']);
    expect(code, stderr).toBe(0);
    expect(stderr).not.toContain('Copied');
  });

  it('hashsum reports what the service computed', async () => {
    if (kind === 'personal') {
      // 1.60 asks personal drives for SHA-1 alone.
      expect(await ok('hashsum', 'sha1', 'od:tree/small.txt')).toMatch(/^[0-9a-f]{40} {2}small\.txt\n$/);
      return;
    }
    const hash = quickXorHash();
    hash.update(large);
    const expected = Buffer.from(hash.digest(), 'base64').toString('hex');
    expect(await ok('hashsum', 'quickxor', 'od:tree/sub dir/deeper/large.bin')).toBe(
      `${expected}  large.bin\n`,
    );
  });

  it('cat reads a file and a part of one', async () => {
    expect(await ok('cat', 'od:tree/small.txt')).toBe('hello rclone');
    expect(await ok('cat', '--offset', '6', '--count', '3', 'od:tree/small.txt')).toBe('rcl');
    expect(await ok('cat', '--tail', '5', 'od:tree/small.txt')).toBe('clone');
    expect(await ok('cat', 'od:tree/empty.bin')).toBe('');
  });

  it('copy downloads what was uploaded, bytes and times', async () => {
    await ok('copy', 'od:tree', join(work, 'back'));
    expect(digestOf(readFileSync(join(work, 'back/sub dir/deeper/large.bin')))).toEqual(digestOf(large));
    expect(readFileSync(join(work, 'back/empty.bin'))).toHaveLength(0);
    await ok('check', 'od:tree', join(work, 'back'));
  });

  it('rcat writes standard input', async () => {
    expect(await run(['rcat', 'od:tree/piped.txt'], 'from a pipe')).toMatchObject({ code: 0 });
    expect(Buffer.from(await server.content('tree/piped.txt')).toString()).toBe('from a pipe');
  });

  it('moveto moves and renames in one step', async () => {
    await ok('moveto', 'od:tree/piped.txt', 'od:made/renamed.txt');
    expect(await children('made')).toEqual(['inner', 'renamed.txt']);
    expect(await children('tree')).not.toContain('piped.txt');
  });

  it('move takes a whole folder along', async () => {
    await ok('copy', join(work, 'tree/sub dir'), 'od:moving/sub');
    await ok('moveto', 'od:moving/sub', 'od:made/arrived');
    expect(await children('made/arrived')).toEqual(['deeper', 'ünï #1 %41.txt']);
    expect(await children('moving')).toEqual([]);
  });

  it('copyto copies on the server', async () => {
    await ok('copyto', 'od:tree/sub dir/deeper/large.bin', 'od:made/large copy.bin');
    expect(digestOf(await server.content('made/large copy.bin'))).toEqual(digestOf(large));
    expect(await children('tree/sub dir/deeper')).toEqual(['large.bin']);
  });

  it('overwrites a file with its new content', async () => {
    writeFileSync(join(work, 'tree/small.txt'), 'changed');
    await ok('copyto', join(work, 'tree/small.txt'), 'od:tree/small.txt');
    expect(Buffer.from(await server.content('tree/small.txt')).toString()).toBe('changed');
  });

  it('touch sets a time and keeps the bytes', async () => {
    await ok('touch', '--timestamp', '2020-01-02T03:04:05', 'od:tree/small.txt');
    const item = await server.graph('/me/drive/root:/tree/small.txt');
    expect(item['fileSystemInfo']).toMatchObject({
      lastModifiedDateTime: expect.stringMatching(/^2020-01-02T03:04:05/),
    });
    expect(Buffer.from(await server.content('tree/small.txt')).toString()).toBe('changed');
  });

  it('about tells the quota', async () => {
    const about = JSON.parse(await ok('about', '--json', 'od:')) as {
      total: number;
      used: number;
      free: number;
    };
    const drive = (await server.graph('/me/drive')) as { quota: { total: number; used: number } };
    expect(about.total).toBe(drive.quota.total);
    expect(about.used).toBe(drive.quota.used);
  });

  it('size counts every file', async () => {
    expect(JSON.parse(await ok('size', '--json', 'od:tree'))).toMatchObject({ count: 4 });
  });

  it('link makes a sharing link', async () => {
    expect(await ok('link', 'od:tree/small.txt')).toMatch(/^https:\/\/\S+\n$/);
  });

  it('deletefile deletes one file and no more', async () => {
    const before = await children('made');
    await ok('deletefile', 'od:made/renamed.txt');
    expect(await children('made')).toEqual(before.filter((name) => name !== 'renamed.txt'));
  });

  it('rmdir refuses a folder that is not empty, and takes an empty one', async () => {
    expect((await run(['rmdir', 'od:made'])).code).not.toBe(0);
    await ok('rmdir', 'od:made/inner');
    expect(await children('made')).not.toContain('inner');
  });

  it('purge deletes a folder with all that is in it', async () => {
    await ok('purge', 'od:tree');
    expect(await children('')).not.toContain('tree');
  });

  it('a missing file is a failure that says so', async () => {
    const { code, stderr } = await run(['copyto', 'od:nowhere/nothing.txt', join(work, 'nothing.txt')]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/not found/);
  });

  it('renews a sign-in that has run out', async () => {
    const refresh = await server.refreshToken('alex@contoso.com');
    const token = { access_token: 'long gone', refresh_token: refresh, expiry: '2020-01-01T00:00:00Z' };
    const { code, stdout, stderr } = await rclone({ ...remote, token })(['lsf', 'od:']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('made/\n');
  });

  it('fails with a reason when the sign-in cannot be renewed', async () => {
    const token = {
      access_token: 'long gone',
      refresh_token: 'never issued',
      expiry: '2020-01-01T00:00:00Z',
    };
    const { code, stderr } = await rclone({ ...remote, token })(['lsf', 'od:']);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/invalid_grant|AADSTS/);
  });

  it('asked nobody but Microsoft', () => {
    expect(relay.refused).toEqual([]);
  });
});
