/** Data folders of the embedded OneDrive: created and compared by tests. */
import { createHash } from 'node:crypto';
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach } from 'vitest';
import { createOneDrive, directoryStorage } from '../../packages/server/src/index.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const large = new Uint8Array(40_000).map((_, at) => (at * 7) % 251);

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A server over a folder, with a client. */
export async function openDrive(folder: string) {
  const storage = await directoryStorage(folder, { durable: false });
  const server = await createOneDrive({ storage });
  const token = server.token();
  const call = (method: string, path: string, body?: BodyInit, headers = {}): Promise<Response> =>
    server.fetch(
      new Request(path.startsWith('http') ? path : `http://h/v1.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body }),
      }),
    );
  const names = async (path = '/me/drive/root'): Promise<string[]> => {
    const answer = (await (await call('GET', `${path}/children`)).json()) as { value: { name: string }[] };
    return answer.value.map(({ name }) => name);
  };
  const bytes = async (path: string): Promise<Uint8Array> => {
    const item = await (await call('GET', `/me/drive/root:/${path}`)).json();
    const url = (item as { '@microsoft.graph.downloadUrl': string })['@microsoft.graph.downloadUrl'];
    return new Uint8Array(await (await call('GET', url)).arrayBuffer());
  };
  return { server, storage, call, names, bytes, close: () => server.close() };
}

/** A drive with a small file in the database and a large one in `blobs`. */
export async function driveFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'drive');
  const drive = await openDrive(folder);
  await fill(drive);
  await drive.close();
  return folder;
}

async function fill({ call }: Awaited<ReturnType<typeof openDrive>>): Promise<void> {
  await call('PUT', '/me/drive/root:/small.txt:/content', 'small');
  await call('PUT', '/me/drive/root:/large.bin:/content', large);
}

/** The folder as a killed process leaves it: everything since the start is in the log only. */
export async function killedFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'drive');
  const drive = await openDrive(folder);
  await fill(drive);
  const copy = join(await temporaryFolder(), 'killed');
  await cp(folder, copy, { recursive: true });
  await rm(join(copy, 'onedrive.db-shm'), { force: true });
  await drive.close();
  return copy;
}

/** Unpacks one of the folders in `data`. */
export async function unpack(name: string): Promise<string> {
  const folder = await temporaryFolder();
  const packed = await readFile(join(import.meta.dirname, 'data', `${name}.json.gz`));
  const files = JSON.parse(gunzipSync(packed).toString('utf8')) as Record<string, string>;
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), Buffer.from(content, 'base64'));
  }
  return folder;
}

/** Every path below a folder with its mode and a digest of its bytes. */
export async function listing(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of (await readdir(folder, { recursive: true })).sort()) {
    const stats = await lstat(join(folder, path));
    const bytes = stats.isFile() ? await readFile(join(folder, path)) : '';
    found[path] = `${(stats.mode & 0o777).toString(8)} ${createHash('md5').update(bytes).digest('hex')}`;
  }
  return found;
}
