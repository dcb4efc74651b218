import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { directoryStorage } from '../../packages/server/src/index.ts';
import { openDatabase } from '../../packages/server/src/storage/directory/sql-database.ts';
import {
  driveFolder,
  killedFolder,
  large,
  listing,
  openDrive,
  temporaryFolder,
  unpack,
} from './data-folder.ts';

/** Works on a copy: SQLite may remove its log some time after it was closed. */
const exec = async (path: string, sql: string): Promise<void> => {
  const copy = join(await temporaryFolder(), 'copy.db');
  await cp(path, copy).catch(() => undefined);
  const database = await openDatabase(copy);
  database.exec(sql);
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  await cp(copy, path);
  database.close();
};

const remove = (folder: string, name: string) => rm(join(folder, name), { recursive: true, force: true });

/** Kinds of damage to the folder of a drive, and the code of the error. */
const broken: readonly [string, (folder: string) => Promise<void>, string][] = [
  ['the database is missing', (folder) => remove(folder, 'onedrive.db'), 'incomplete'],
  ['the database is empty', (folder) => truncate(join(folder, 'onedrive.db'), 0), 'incomplete'],
  ['the database is truncated', (folder) => truncate(join(folder, 'onedrive.db'), 300), 'foreign'],
  [
    'the database is random bytes',
    (folder) => writeFile(join(folder, 'onedrive.db'), Buffer.alloc(8192, 'x7')),
    'foreign',
  ],
  [
    'the database belongs to another program',
    async (folder) => {
      await remove(folder, 'onedrive.db');
      await exec(join(folder, 'onedrive.db'), 'CREATE TABLE notes (text); PRAGMA user_version = 1');
    },
    'foreign',
  ],
  [
    'the database has no tables',
    async (folder) => {
      await remove(folder, 'onedrive.db');
      await exec(join(folder, 'onedrive.db'), 'PRAGMA journal_mode = WAL');
    },
    'incomplete',
  ],
  [
    'the database is of a newer format',
    (folder) => exec(join(folder, 'onedrive.db'), 'PRAGMA user_version = 4'),
    'newer-format',
  ],
  [
    'the database has tables and no format',
    (folder) => exec(join(folder, 'onedrive.db'), 'PRAGMA user_version = 0'),
    'damaged',
  ],
  [
    'the database belongs to another drive',
    async (folder) => cp(join(await driveFolder(), 'onedrive.db'), join(folder, 'onedrive.db')),
    'incomplete',
  ],
  [
    'the blobs belong to another drive',
    async (folder) => {
      await remove(folder, 'blobs');
      await rename(join(await driveFolder(), 'blobs'), join(folder, 'blobs'));
    },
    'incomplete',
  ],
  ['the blobs are missing', (folder) => remove(folder, 'blobs'), 'incomplete'],
  ['the store id is missing', (folder) => remove(folder, 'blobs/store-id'), 'incomplete'],
  ['the store id is empty', (folder) => truncate(join(folder, 'blobs/store-id'), 0), 'incomplete'],
  [
    'the log is random bytes',
    (folder) => writeFile(join(folder, 'onedrive.db-wal'), Buffer.alloc(9000, 'x')),
    'damaged',
  ],
];

describe('opening a folder changes nothing and the error names the folder if', () => {
  const refuses = async (folder: string, code: string): Promise<void> => {
    // The state after a crash, which would start a cleanup if the folder were opened.
    await mkdir(join(folder, 'tmp/99999-deadbeef'), { recursive: true });
    const before = await listing(folder);
    const opening = directoryStorage(folder);
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining(folder) });
    expect(await listing(folder)).toEqual(before);
  };

  test.each(broken)('%s', async (_, breakIt, code) => {
    const folder = await driveFolder();
    await breakIt(folder);
    await refuses(folder, code);
  });

  test.each(broken.filter(([name]) => /gone|empty|random/.test(name)))(
    '%s, after the process was killed',
    async (_, breakIt, code) => {
      const folder = await killedFolder();
      await breakIt(folder);
      await refuses(folder, code);
    },
  );

  it('the log is missing after the process was killed', async () => {
    const folder = await killedFolder();
    await remove(folder, 'onedrive.db-wal');
    await refuses(folder, 'incomplete');
  });

  it('the log belongs to another drive', async () => {
    const folder = await killedFolder();
    await cp(join(await unpack('folder-of-0.1-killed'), 'onedrive.db-wal'), join(folder, 'onedrive.db-wal'));
    await refuses(folder, 'incomplete');
  });

  it('the database was copied without its log and its blobs', async () => {
    const folder = await temporaryFolder();
    await cp(join(await killedFolder(), 'onedrive.db'), join(folder, 'onedrive.db'));
    await refuses(folder, 'incomplete');
  });

  it.each([
    ['its database was removed', (folder: string) => remove(folder, 'onedrive.db')],
    ['its log was removed', (folder: string) => remove(folder, 'onedrive.db-wal')],
  ])('release 0.1 created the drive and %s', async (_, breakIt) => {
    const folder = await unpack('folder-of-0.1-killed');
    await breakIt(folder);
    await refuses(folder, 'incomplete');
  });

  it('release 0.1 created the database and the blobs belong to a newer drive', async () => {
    const folder = await unpack('folder-of-0.1');
    await remove(folder, 'blobs');
    await cp(join(await driveFolder(), 'blobs'), join(folder, 'blobs'), { recursive: true });
    await refuses(folder, 'incomplete');
  });
});

describe('a folder opens with everything in it', () => {
  const opens = async (folder: string): Promise<void> => {
    const drive = await openDrive(folder);
    expect(await drive.names()).toEqual(['large.bin', 'small.txt']);
    expect(await drive.bytes('large.bin')).toEqual(large);
    await drive.close();
  };

  it('after a clean close, from the database file only: the log is included in it', async () => {
    const folder = await driveFolder();
    const log = await stat(join(folder, 'onedrive.db-wal')).catch(() => ({ size: 0 }));
    expect(log.size).toBe(0);
    for (const name of ['onedrive.db-wal', 'onedrive.db-shm']) await remove(folder, name);
    await mkdir(join(folder, 'tmp/99999-deadbeef'), { recursive: true });
    await opens(folder);
  });

  it('after the process was killed', async () => opens(await killedFolder()));

  it('when the creation was interrupted before the marker was written', async () => {
    const folder = await driveFolder();
    await rename(join(folder, 'blobs/store-id'), join(folder, 'blobs/store-id.new'));
    await opens(folder);
    expect(await readdir(join(folder, 'blobs'))).toContain('store-id');
    await opens(folder);
  });

  it('when it was moved, or is opened through a symlink', async () => {
    const folder = await driveFolder();
    await rename(folder, `${folder}-moved`);
    await symlink(`${folder}-moved`, folder);
    await opens(folder);
  });

  it('and leaves foreign files in tmp and blobs alone', async () => {
    const folder = await killedFolder();
    await mkdir(join(folder, 'tmp/99999-deadbeef'), { recursive: true });
    for (const name of ['tmp/notes', 'blobs/README', 'blobs/readme/x'])
      await mkdir(join(folder, name), { recursive: true });
    await opens(folder);
    expect(await readdir(join(folder, 'tmp'))).toEqual(['notes']);
    expect(await readdir(join(folder, 'blobs'))).toEqual(expect.arrayContaining(['README', 'readme']));
  });
});

test.each(['folder-of-0.1', 'folder-of-0.1-killed'])(
  'release 0.1: %s opens with everything',
  async (name) => {
    const folder = await unpack(name);
    for (const round of ['migrated', 'again']) {
      const drive = await openDrive(folder);
      expect(await drive.names(), round).toEqual(['Documents', 'Pictures']);
      expect(await drive.names('/me/drive/root:/Documents:')).toEqual(['2025', 'notes.txt']);
      expect(await drive.bytes('Pictures/large.bin')).toEqual(large);
      const text = await drive.bytes('Documents/notes.txt');
      expect(new TextDecoder().decode(text)).toBe('second version');
      const get = async (path: string) =>
        (await (await drive.call('GET', `/me/drive/root:${path}`)).json()) as { value: unknown[] };
      expect((await get('/Documents/notes.txt:/versions')).value).toHaveLength(2);
      expect((await get('/Pictures/large.bin:/permissions')).value).toHaveLength(2);
      const sessions = drive.storage.read((records) => records.documents('upload-session'));
      expect(sessions.map(({ value }) => (value as { received: number }).received)).toEqual([40_000]);
      await drive.close();
    }
  },
);

test('an interrupted migration is repeated', async () => {
  const folder = await unpack('folder-of-0.1');
  await writeFile(join(folder, 'blobs/store-id.new'), '');
  await (await openDrive(folder)).close();
  // The other case: the database is migrated but the marker is not written.
  await rename(join(folder, 'blobs/store-id'), join(folder, 'blobs/store-id.new'));
  const drive = await openDrive(folder);
  expect(await drive.bytes('Pictures/large.bin')).toEqual(large);
  await drive.close();
  expect((await readFile(join(folder, 'blobs/store-id'), 'utf8')).trim()).toMatch(/^[\da-f]{32}$/);
});

describe.skipIf(process.platform === 'win32')('the files of a drive are readable by their owner only', () => {
  const modes = async (folder: string) => {
    const paths = await readdir(folder, { recursive: true });
    const found = paths.map(async (path) => {
      const stats = await stat(join(folder, path));
      const expected = stats.isDirectory() ? 0o700 : 0o600;
      return (stats.mode & 0o777) === expected ? [] : [`${path} ${(stats.mode & 0o777).toString(8)}`];
    });
    return (await Promise.all(found)).flat();
  };

  it('with any umask, while it is open and afterwards; an existing folder keeps its mode', async () => {
    const umask = process.umask(0);
    try {
      const folder = await temporaryFolder();
      await chmod(folder, 0o755);
      const drive = await openDrive(folder);
      await drive.call('PUT', '/me/drive/root:/large.bin:/content', large);
      expect(await modes(folder)).toEqual([]);
      await drive.close();
      expect(await modes(folder)).toEqual([]);
      expect((await stat(folder)).mode & 0o777).toBe(0o755);
    } finally {
      process.umask(umask);
    }
  });

  it('after opening, if they were readable by others', async () => {
    const folder = await driveFolder();
    for (const path of await readdir(folder, { recursive: true })) await chmod(join(folder, path), 0o777);
    await (await openDrive(folder)).close();
    expect(await modes(folder)).toEqual([]);
  });
});
