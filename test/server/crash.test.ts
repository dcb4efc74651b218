import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOneDrive, directoryStorage } from '../../packages/server/src/index.ts';
import { versionsOf } from '../../packages/server/src/versions/version-record.ts';
import { sourceConditions } from '../../scripts/source-conditions.mjs';

let work = '';
let program = '';

beforeAll(async () => {
  // Within the project, so that the bundle finds libsql.
  work = await mkdtemp(join(import.meta.dirname, '../../node_modules/.crash-'));
  program = join(work, 'writer.mjs');
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'crash-writer.ts'),
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    external: ['libsql'],
  });
  await bundle.write({ file: program, format: 'esm', codeSplitting: false });
});
afterAll(() => rm(work, { recursive: true, force: true }));

interface Writer {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves once `count` lines were received. */
  until(count: number): Promise<void>;
  kill(): Promise<void>;
}

function start(folder: string, label: string): Writer {
  const child = spawn(process.execPath, [program, folder, label], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  let wake = (): void => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    lines,
    async until(count) {
      while (lines.length < count && child.exitCode === null)
        await new Promise<void>((resolve) => (wake = resolve));
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The expected state of each name after its last response: its byte and size, or that it may be missing. */
function expected(lines: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const line of lines.slice(1)) {
    const [name = '', ...facts] = line.split(' ');
    files.set(name, facts.join(' '));
  }
  return files;
}

async function check(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const storage = await directoryStorage(folder);
  const one = await createOneDrive({ storage });
  const token = one.token();
  const ask = (url: string) => one.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } }));
  let inFiles = 0;
  for (const [name, facts] of files) {
    const answer = await ask(`http://h/v1.0/me/drive/root:/${name}`);
    if (answer.status === 404 && facts === 'deleting') continue;
    expect([name, answer.status]).toEqual([name, 200]);
    const item = (await answer.json()) as { size: number; '@microsoft.graph.downloadUrl': string };
    if (item.size > 32 * 1024) inFiles++;
    const bytes = new Uint8Array(await (await ask(item['@microsoft.graph.downloadUrl'])).arrayBuffer());
    expect(bytes.byteLength).toBe(item.size);
    expect(new Set(bytes).size).toBe(1);
  }
  // A file whose response was not received may exist too; no other file may.
  const kept = storage.read((records) => records.scan(1, { limit: 10_000 }));
  const binned = storage.read((records) => records.changes(1, 0, 100_000)).filter((item) => item.bin > 0);
  const rows = [...kept, ...binned];
  const versions = storage.read((records) => rows.flatMap((item) => versionsOf(records, item.key)));
  const large = [...rows, ...versions].filter(({ blob, size }) => blob !== null && size > 32 * 1024).length;
  expect(
    (await readdir(join(folder, 'blobs'), { recursive: true })).filter((name) => name.includes('/')),
  ).toHaveLength(large);
  expect(inFiles).toBeLessThanOrEqual(large);
  await one.close();
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
}

test('a process that is killed at any moment loses no acknowledged write, and leaves no stray files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crash-'));
  const all: string[] = ['ready'];
  for (const count of [2, 17, 48, 90]) {
    const writer = start(folder, 'one');
    await writer.until(count);
    await writer.kill();
    expect(writer.lines.length).toBeGreaterThanOrEqual(count);
    all.push(...writer.lines.slice(1));
    await check(folder, expected(all));
  }
  await rm(folder, { recursive: true });
}, 60_000);

test('two processes can use the same drive', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shared-'));
  const writers = [start(folder, 'one'), start(folder, 'two')];
  await Promise.all(writers.map((writer) => writer.until(60)));
  await Promise.all(writers.map((writer) => writer.kill()));
  for (const writer of writers) expect(writer.lines.length).toBeGreaterThanOrEqual(60);
  await check(folder, new Map(writers.flatMap((writer) => [...expected(writer.lines)])));
  await rm(folder, { recursive: true });
}, 60_000);
