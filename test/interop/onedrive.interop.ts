/**
 * The stock `onedrive` client for Linux (Debian's 2.4.23) against the embedded OneDrive, on every kind of drive: each
 * step is judged by what it did to the folder on disk and to the drive.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, patternBytes } from './fixtures/bytes.ts';
import { type Embedded, startEmbedded } from './fixtures/embedded.ts';
import { type OneDriveClient, oneDriveClient } from './fixtures/onedrive-client.ts';
import { canTrust, installed } from './fixtures/program.ts';

const usable = installed({ onedrive: 'onedrive' }) && canTrust();
/** Two fragments of this client, and three. */
const large = patternBytes(11 * 1024 * 1024 + 5);
const larger = patternBytes(21 * 1024 * 1024 + 5);
const odd = 'ünï #1 %41 & co.txt';
const who = 'alex@contoso.com';

describe.skipIf(!usable).each(['personal', 'business', 'library'] as const)(
  'onedrive on a %s drive',
  (place) => {
    let server: Embedded;
    let client: OneDriveClient;
    let drive: string;

    beforeAll(async () => {
      server = await startEmbedded({
        kind: place === 'personal' ? 'personal' : 'business',
        tls: false,
        accounts: [{ userPrincipalName: who, autoConsent: true }],
        sites: [{ path: 'sites/team', displayName: 'Team', libraries: [{ name: 'Documents' }] }],
      });
      if (place === 'library') {
        const site = await server.graph('/sites/root:/sites/team');
        const { value } = (await server.graph(`/sites/${String(site['id'])}/drives`)) as {
          value: { id: string }[];
        };
        drive = `/drives/${value[0]?.id ?? ''}`;
      } else drive = `/drives/${String((await server.graph('/me/drive'))['id'])}`;
      client = oneDriveClient(
        server,
        place === 'library' ? [`drive_id = "${drive.slice('/drives/'.length)}"`] : [],
      );
    });
    afterAll(async () => {
      client.remove();
      await server.close();
    });

    const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
    const ask = async (method: string, path: string, body?: BodyInit, type = 'application/json') => {
      const headers = { authorization: `Bearer ${server.token}`, 'content-type': type };
      const answer = await server.onedrive.fetch(`/v1.0${drive}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer;
    };
    const put = (path: string, body: BodyInit) =>
      ask('PUT', `/root:/${encoded(path)}:/content`, body, 'text/plain');
    const patch = (path: string, change: object) =>
      ask('PATCH', `/root:/${encoded(path)}`, JSON.stringify(change));
    const item = (path: string) => server.graph(`${drive}/root:/${encoded(path)}`);
    const children = async (path = ''): Promise<string[]> => {
      const below = path === '' ? '/root/children' : `/root:/${encoded(path)}:/children`;
      const { value } = (await server.graph(drive + below)) as { value: { name: string }[] };
      return value.map(({ name }) => name).sort();
    };
    const content = async (path: string): Promise<Buffer> => {
      const redirect = await ask('GET', `/root:/${encoded(path)}:/content`);
      const answer = await server.onedrive.fetch(redirect.headers.get('location') ?? '');
      return Buffer.from(await answer.arrayBuffer());
    };
    /** What was changed over the wire since `after`. */
    const changes = (after: number) =>
      server.onedrive.requests
        .filter(
          ({ id, method, url }) =>
            id > after && method !== 'GET' && method !== 'HEAD' && !url.endsWith('/token'),
        )
        .map(({ method, url }) => `${method} ${url}`);
    const lastRequest = () => server.onedrive.requests.at(-1)?.id ?? 0;
    const local = (path = '') => readdirSync(client.at(path)).sort();
    const write = (path: string, bytes: string | Uint8Array, when?: Date): void => {
      writeFileSync(client.at(path), bytes);
      if (when !== undefined) utimesSync(client.at(path), when, when);
    };

    it('signs in with the address of the blank page', async () => {
      const said = await client.signIn(who);
      expect(said).toContain(`Account Type: ${place === 'library' ? 'documentLibrary' : place}`);
    });

    it('uploads small, empty, large and oddly named files with their times', async () => {
      const when = new Date('2024-02-29T12:34:56Z');
      mkdirSync(client.at('sub dir/deeper'), { recursive: true });
      write('small.txt', 'hello', when);
      write('empty.bin', '');
      write(`sub dir/${odd}`, 'odd name');
      write('sub dir/deeper/large.bin', large);
      await client.sync();
      expect(await children()).toEqual(['empty.bin', 'small.txt', 'sub dir']);
      expect(digestOf(await content('sub dir/deeper/large.bin'))).toEqual(digestOf(large));
      expect((await content(`sub dir/${odd}`)).toString()).toBe('odd name');
      expect((await item('empty.bin'))['size']).toBe(0);
      expect((await item('small.txt'))['fileSystemInfo']).toMatchObject({
        lastModifiedDateTime: expect.stringMatching(/^2024-02-29T12:34:56/),
      });
    });

    it('changes nothing when nothing changed', async () => {
      const before = lastRequest();
      await client.sync();
      expect(changes(before)).toEqual([]);
    });

    it('brings down what is new online', async () => {
      await put('from online/small.txt', 'online');
      await put('from online/empty.txt', '');
      await put(`from online/${odd}`, 'odd online');
      await put('from online/large.bin', new Uint8Array(large));
      await client.sync();
      expect(local('from online')).toEqual(['empty.txt', 'large.bin', 'small.txt', odd].sort());
      expect(digestOf(readFileSync(client.at('from online/large.bin')))).toEqual(digestOf(large));
      expect(readFileSync(client.at('from online/empty.txt'))).toHaveLength(0);
      expect(readFileSync(client.at(`from online/${odd}`), 'utf8')).toBe('odd online');
    });

    it('takes new content both ways', async () => {
      write('small.txt', 'hello again', new Date('2025-01-01T00:00:00Z'));
      await put('from online/small.txt', 'online again');
      // Business drives tell times in whole seconds, and this client takes a file of an equal time for the same.
      await patch('from online/small.txt', {
        fileSystemInfo: { lastModifiedDateTime: '2025-01-02T00:00:00Z' },
      });
      await client.sync();
      expect((await content('small.txt')).toString()).toBe('hello again');
      expect(readFileSync(client.at('from online/small.txt'), 'utf8')).toBe('online again');
    });

    it('follows renames and moves online without a download', async () => {
      const before = lastRequest();
      await patch('from online/large.bin', { name: 'renamed.bin' });
      const { id } = await item('sub dir');
      await patch('from online/small.txt', { parentReference: { id } });
      await client.sync();
      await patch('from online', { name: 'renamed folder' });
      await client.sync();
      expect(local('renamed folder')).toEqual(['empty.txt', 'renamed.bin', odd].sort());
      expect(local('sub dir')).toContain('small.txt');
      expect(existsSync(client.at('from online'))).toBe(false);
      const downloads = server.onedrive.requests.filter(
        ({ id, method, url }) => id > before && method === 'GET' && url.includes('/content'),
      );
      expect(downloads).toEqual([]);
    });

    it('deletes on one side what was deleted on the other', async () => {
      await ask('DELETE', `/root:/${encoded(`renamed folder/${odd}`)}`);
      rmSync(client.at('empty.bin'));
      rmSync(client.at('sub dir/deeper'), { recursive: true });
      await client.sync();
      expect(local('renamed folder')).toEqual(['empty.txt', 'renamed.bin']);
      expect(await children()).toEqual(['renamed folder', 'small.txt', 'sub dir']);
      expect(await children('sub dir')).not.toContain('deeper');
    });

    it('keeps both when both sides changed a file', async () => {
      write('small.txt', 'mine', new Date('2025-02-02T00:00:00Z'));
      await put('small.txt', 'theirs');
      await client.sync();
      await client.sync();
      const copies = local().filter((name) => name.startsWith('small'));
      expect(copies).toHaveLength(2);
      expect(copies.map((name) => readFileSync(client.at(name), 'utf8')).sort()).toEqual(['mine', 'theirs']);
      expect((await children()).filter((name) => name.startsWith('small'))).toEqual(copies);
    });

    it('resumes an upload after it was killed', async () => {
      write('interrupted.bin', larger);
      const plan = {
        rules: [{ match: { path: '/_upload/*' }, nth: 3, fault: { kind: 'delay' as const, ms: 600_000 } }],
      };
      server.onedrive.control.faults.set(plan);
      const fragments = () =>
        server.onedrive.requests.filter(({ url, method }) => method === 'PUT' && url.includes('/_upload/'))
          .length;
      const before = fragments();
      const killed = await client.run(['--synchronize', '--verbose'], {
        onOutput: (text, child) => {
          if (/interrupted\.bin[^]* 66%/.test(text)) child.kill('SIGKILL');
        },
      });
      expect(killed.code).not.toBe(0);
      server.onedrive.control.faults.set({ rules: [] });
      await client.sync();
      expect(digestOf(await content('interrupted.bin'))).toEqual(digestOf(larger));
      expect(fragments() - before).toBeLessThan(5);
    });

    it('waits when it is throttled, and then continues', async () => {
      server.onedrive.control.faults.set({
        rules: [
          { match: { path: '/v1.0/*' }, nth: 3, fault: { kind: 'status', status: 429, retryAfter: 1 } },
        ],
      });
      await put('after the wait.txt', 'x');
      await client.run(['--synchronize', '--verbose']);
      server.onedrive.control.faults.set({ rules: [] });
      await client.sync();
      expect(local()).toContain('after the wait.txt');
    });

    it('starts over when its delta token is refused, and loses nothing', async () => {
      const [here, online] = [local(), await children()];
      server.onedrive.control.faults.set({
        rules: [
          {
            match: { path: '*/delta' },
            nth: 1,
            fault: { kind: 'resync', inner: 'resyncChangesApplyDifferences' },
          },
        ],
      });
      await client.sync();
      server.onedrive.control.faults.set({ rules: [] });
      expect([local(), await children()]).toEqual([here, online]);
    });

    it('brings a folder of more than one page to a new machine', async () => {
      await Promise.all(Array.from({ length: 210 }, (_, at) => put(`many/file ${at}.txt`, `content ${at}`)));
      const other = oneDriveClient(
        server,
        place === 'library' ? [`drive_id = "${drive.slice('/drives/'.length)}"`] : [],
      );
      await other.signIn(who, '--single-directory', 'many');
      expect(readdirSync(other.at('many'))).toHaveLength(210);
      expect(readFileSync(other.at('many/file 209.txt'), 'utf8')).toBe('content 209');
      other.remove();
      await ask('DELETE', '/root:/many');
    });

    it('makes, renames and removes folders online, and links files', async () => {
      const ok = async (...args: string[]) => {
        const { code, stdout, stderr } = await client.run(args);
        expect(code, stdout + stderr).toBe(0);
        return stdout;
      };
      await ok('--create-directory', 'made/inner');
      expect(await children('made')).toEqual(['inner']);
      await ok('--source-directory', 'made', '--destination-directory', 'made again');
      expect(await children('made again')).toEqual(['inner']);
      await ok('--remove-directory', 'made again');
      expect(await children()).not.toContain('made again');
      expect(await ok('--create-share-link', 'small.txt')).toMatch(/https:\/\/\S+/);
      expect(await ok('--get-file-link', 'small.txt')).toMatch(/https:\/\/\S+/);
      await client.sync();
      expect(await ok('--display-sync-status')).toContain('No pending remote changes');
    });

    it('sees in monitor mode what happens on disk', { timeout: 60_000 }, async () => {
      mkdirSync(client.at('watched'));
      await client.sync();
      let stop = () => {};
      let ready = () => {};
      const watching = new Promise<void>((resolve) => (ready = resolve));
      const monitor = client.run(['--monitor', '--verbose', '--monitor-interval', '300'], {
        onOutput: (text, child) => {
          stop = () => child.kill('SIGKILL');
          if (/Sync with OneDrive is complete/.test(text)) ready();
        },
      });
      await watching;
      write('watched/one.txt', 'one');
      await expect.poll(() => children('watched'), { timeout: 20_000 }).toEqual(['one.txt']);
      const { id } = await item('watched/one.txt');
      renameSync(client.at('watched/one.txt'), client.at('watched/two.txt'));
      await expect.poll(() => children('watched'), { timeout: 20_000 }).toEqual(['two.txt']);
      expect((await item('watched/two.txt'))['id']).toBe(id);
      rmSync(client.at('watched/two.txt'));
      await expect.poll(() => children('watched'), { timeout: 20_000 }).toEqual([]);
      stop();
      await monitor;
    });

    it('sent requests only to hosts of Microsoft, and for its newest version', () => {
      expect(new Set(server.refused)).toEqual(new Set(['api.github.com:443']));
      expect(statSync(client.folder).isDirectory()).toBe(true);
    });
  },
);
