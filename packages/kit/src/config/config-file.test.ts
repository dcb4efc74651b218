import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileHandle, FileSystem } from '../platform/file-system.ts';
import { memoryLock } from '../platform/memory/memory-lock.ts';
import { nodeFileSystem } from '../platform/node/node-file-system.ts';
import { type ConfigFileOptions, configFile } from './config-file.ts';
import { profileSessions } from './profile-sessions.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
  path = join(folder, 'config.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (options: Partial<ConfigFileOptions> = {}) =>
  configFile({ path, fs: nodeFileSystem, lock: memoryLock(), ...options });
const text = () => readFile(path, 'utf8');
const put = async (content: string, mode = 0o600) => writeFile(path, content, { mode });
const modeOf = async (of: string) => (await stat(of)).mode & 0o777;
const failure = (code: string) => Object.assign(new Error(code), { code });

describe('a missing configuration file', () => {
  it('reads as an empty one', async () => {
    const config = await file().load();
    expect(config).toMatchObject({ exists: false, defaultProfile: 'default', warnings: [] });
    expect(config.profiles).toHaveLength(1);
  });

  it('is created with its folder, readable by its owner only', async () => {
    path = join(folder, 'new', 'deep', 'config.yaml');
    await file().change([{ path: ['client', 'id'], value: '0012' }]);
    expect(await text()).toBe("client:\n  id: '0012'\n");
    expect([await modeOf(path), await modeOf(join(folder, 'new'))]).toEqual([0o600, 0o700]);
  });
});

describe('a session', () => {
  it('reads back as it was saved, with the keys and the units of the older tool', async () => {
    await put('# mine\nclient:\n  id: 0012 # digits\nauth:\n  code: old\n');
    const sessions = profileSessions(file(), 'default');
    const session = { refreshToken: 'M.C5-x', accessToken: 'EwB', expiresAt: 1417301820510 };
    await sessions.save(session);
    expect(await sessions.read()).toEqual({ ...session, code: undefined });
    expect(await text()).toBe(
      "# mine\nclient:\n  id: '0012' # digits\nauth:\n  refresh_token: M.C5-x\n  access_expires: 1417301820.51\n  access_token: EwB\n",
    );
  });

  it('of a named profile is saved in its own section, with the settings that were saved with it', async () => {
    await put('client: {id: a}\nauth: {refresh_token: top}\n');
    const sessions = profileSessions(file(), 'work', {
      settings: [{ path: ['profiles', 'work', 'tenant'], value: 'contoso.com' }],
    });
    await sessions.save({ refreshToken: 'r' });
    const { profiles } = await file().load();
    expect(profiles[0]?.session.refreshToken).toBe('top');
    expect(profiles[1]).toMatchObject({
      name: 'work',
      tenant: 'contoso.com',
      client: { id: 'a' },
      session: { refreshToken: 'r' },
    });
  });

  it('is not lost when two writers change different keys', async () => {
    await put('a: 1\n');
    const lock = memoryLock();
    const writers = Array.from({ length: 20 }, (_, n) =>
      file({ lock }).change([{ path: ['w', `k${n}`], value: `v${n}` }]),
    );
    await Promise.all(writers);
    expect((await text()).match(/k\d+: v\d+/g)).toHaveLength(20);
  });
});

describe('safety of the file', () => {
  it('a malformed file is not overwritten', async () => {
    const broken = 'client:\n\tid: a\n';
    await put(broken);
    await expect(file().change([{ path: ['a'], value: 'b' }])).rejects.toMatchObject({ code: 'config' });
    expect(await text()).toBe(broken);
  });

  it('a file with a value of the wrong kind is not overwritten either', async () => {
    await put('auth: [1]\n');
    await expect(file().change([{ path: ['a'], value: 'b' }])).rejects.toThrow(/config\.yaml:1:7/);
    expect(await text()).toBe('auth: [1]\n');
  });

  it('a symlink stays a symlink, and its target is changed', async () => {
    const real = join(folder, 'dotfiles', 'lcrc');
    await mkdir(join(folder, 'dotfiles'));
    await writeFile(real, 'a: 1\n');
    await symlink(real, path);
    await file().change([{ path: ['b'], value: 'x' }]);
    expect(await readFile(real, 'utf8')).toBe('a: 1\nb: x\n');
    expect((await nodeFileSystem.lstat(path)).isSymbolicLink()).toBe(true);
  });

  it('a broken symlink is reported, not replaced', async () => {
    await symlink(join(folder, 'gone'), path);
    await expect(file().change([{ path: ['b'], value: 'x' }])).rejects.toThrow(/symlink to a missing file/);
    await expect(file().load()).rejects.toThrow(/symlink to a missing file/);
  });

  it('a folder in its place is reported', async () => {
    await mkdir(path);
    await expect(file().load()).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('it is a folder') as string,
    });
  });

  it('a change by an editor in between is kept', async () => {
    await put('a: 1\n');
    let edits = 1;
    const fs: FileSystem = {
      ...nodeFileSystem,
      open: async (name, flags, mode) => {
        if (flags === 'wx' && edits-- > 0) await writeFile(path, 'a: 2\n');
        return nodeFileSystem.open(name, flags, mode);
      },
    };
    await file({ fs }).change([{ path: ['b'], value: 'x' }]);
    expect(await text()).toBe('a: 2\nb: x\n');
  });

  it('a writer that never stops ends in an error', async () => {
    await put('a: 1\n');
    let edits = 0;
    const fs: FileSystem = {
      ...nodeFileSystem,
      open: async (name, flags, mode) => {
        if (flags === 'wx') await writeFile(path, `a: ${edits++}\n`);
        return nodeFileSystem.open(name, flags, mode);
      },
    };
    await expect(file({ fs }).change([{ path: ['b'], value: 'x' }])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await text()).toBe('a: 4\n');
  });
});

describe('a failing disk', () => {
  const failing = (part: Partial<FileHandle>, flags = 'wx'): FileSystem => ({
    ...nodeFileSystem,
    open: async (name, how, mode) => {
      const handle = await nodeFileSystem.open(name, how, mode);
      if (how !== flags) return handle;
      const own: FileHandle = {
        read: (...all) => handle.read(...all),
        write: (...all) => handle.write(...all),
        truncate: (length) => handle.truncate(length),
        stat: () => handle.stat(),
        sync: () => handle.sync(),
        utimes: (a, m) => handle.utimes(a, m),
        close: () => handle.close(),
      };
      return { ...own, ...part };
    },
  });
  const rejects = (code: string) => async () => Promise.reject(failure(code));

  it.each([
    ['has no space', failing({ write: rejects('ENOSPC') }), 'ENOSPC'],
    ['cannot flush', failing({ sync: rejects('EIO') }), 'EIO'],
    ['cannot create a file', { ...nodeFileSystem, open: rejects('EROFS') }, 'EROFS'],
    ['cannot rename', { ...nodeFileSystem, rename: rejects('EACCES') }, 'EACCES'],
  ])('leaves the old text and no other file if it %s', async (_what, fs, code) => {
    await put('a: 1\n');
    await expect(file({ fs }).change([{ path: ['b'], value: 'x' }])).rejects.toMatchObject({
      code: 'local-file',
      message: expect.stringContaining(code) as string,
    });
    expect(await text()).toBe('a: 1\n');
    expect(await readdir(folder)).toEqual(['config.yaml']);
  });

  it('that writes only a few bytes at a time still stores the whole text', async () => {
    const fs: FileSystem = {
      ...nodeFileSystem,
      open: async (name, how, mode) => {
        const handle = await nodeFileSystem.open(name, how, mode);
        const write = handle.write.bind(handle);
        const short: FileHandle['write'] = (bytes, offset, length, position) =>
          write(bytes, offset, Math.min(length, 3), position);
        const shortened: FileHandle = Object.assign(handle, { write: short });
        return shortened;
      },
    };
    await file({ fs }).change([{ path: ['key'], value: 'a longer text' }]);
    expect(await text()).toBe("key: 'a longer text'\n");
  });

  it('that cannot flush folders is sufficient', async () => {
    await file({ fs: failing({ sync: rejects('EINVAL') }, 'r') }).change([{ path: ['b'], value: 'x' }]);
    expect(await text()).toBe('b: x\n');
  });
});

describe('the leftover of an interrupted write', () => {
  it('is removed by the next one', async () => {
    await put('a: 1\n');
    await writeFile(
      join(folder, '.config.yaml.01234567-89ab-4cde-8f01-23456789abcd.tmp'),
      'auth: {refresh_token: secret}',
    );
    await writeFile(join(folder, '.config.yaml.tmp'), 'an editor');
    await file().change([{ path: ['b'], value: 'x' }]);
    expect((await readdir(folder)).sort()).toEqual(['.config.yaml.tmp', 'config.yaml']);
  });
});

describe('secrets that every user of the machine can read', () => {
  it('cause one warning with the solution', async () => {
    await put('client: {secret: s}\nauth: {refresh_token: r}\n');
    await chmod(path, 0o644);
    expect((await file().load()).warnings).toEqual([
      `${path} is readable by all users and contains a client secret and a sign-in. Run: chmod 600 ${path}`,
    ]);
    expect((await file({ modes: false }).load()).warnings).toEqual([]);
  });

  it('cause no warning if there are none, and are safe after the next write', async () => {
    await put('client: {id: a}\n');
    await chmod(path, 0o644);
    expect((await file().load()).warnings).toEqual([]);
    await profileSessions(file(), 'default').save({ refreshToken: 'r' });
    expect(await modeOf(path)).toBe(0o600);
    expect((await file().load()).warnings).toEqual([]);
  });
});
