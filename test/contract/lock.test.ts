/** The contract of locks, and additional tests for locks between processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Lock, memoryLock } from '../../packages/kit/src/platform/index.ts';
import { memoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { fileLock } from '../../packages/kit/src/platform/node/index.ts';
import { eventLoopTurn } from '../../packages/kit/src/platform/web/event-loop-turn.ts';
import { compilePlatform } from './compile-platform.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const kinds: Record<string, () => Lock> = {
  memory: memoryLock,
  'files on disk': () => fileLock(join(dir, 'locks')),
  'files in memory': () => fileLock('/locks', { fs: memoryFileSystem() }),
};

describe.each(Object.entries(kinds))('lock: %s', (_name, make) => {
  test('only one task holds it at a time, and every task gets it', async () => {
    const lock = make();
    let inside = 0;
    let most = 0;
    const work = async () => {
      const release = await lock.acquire('a');
      most = Math.max(most, ++inside);
      await eventLoopTurn();
      inside--;
      await release();
    };
    await Promise.all(Array.from({ length: 20 }, work));
    expect(most).toBe(1);
  });

  test('it is granted in the order of the requests', async () => {
    const lock = make();
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4].map(async (at) => {
        const release = await lock.acquire('a');
        order.push(at);
        await release();
      }),
    );
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test('different names do not wait for each other', async () => {
    const lock = make();
    const one = await lock.acquire('a/b');
    const two = await lock.acquire('a/c');
    await one();
    await two();
  });

  test('however many tasks contend for several names, each name has one holder at a time', async () => {
    const lock = make();
    const holders = new Map<string, number>();
    const work = async (at: number) => {
      const name = `name ${at % 5}`;
      for (let turn = 0; turn < 3; turn++) {
        const release = await lock.acquire(name);
        expect(holders.get(name) ?? 0).toBe(0);
        holders.set(name, 1);
        await eventLoopTurn();
        holders.set(name, 0);
        await release();
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, at) => work(at)));
    expect(holders.size).toBe(5);
  });

  test('releasing twice is harmless', async () => {
    const lock = make();
    const first = await lock.acquire('a');
    await first();
    const second = await lock.acquire('a');
    await first();
    let third = false;
    const waiting = lock.acquire('a').then((release) => {
      third = true;
      return release;
    });
    await eventLoopTurn();
    expect(third).toBe(false);
    await second();
    await (await waiting)();
  });

  test('an abort while waiting rejects with its reason and leaves the queue', async () => {
    const lock = make();
    const release = await lock.acquire('a');
    const abort = new AbortController();
    const waiting = lock.acquire('a', { signal: abort.signal });
    const next = lock.acquire('a');
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await release();
    await (await next)();
    await expect(lock.acquire('a', { signal: abort.signal })).rejects.toBe(reason);
  });
});

describe('file lock between processes', () => {
  let compiled = '';
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    compiled = await compilePlatform();
  });
  afterAll(() => rm(compiled, { recursive: true, force: true }));
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** A process that runs `body`, in which `lock` and `dir` are at hand. */
  const run = (body: string): ChildProcess => {
    const program = `
      import { fileLock } from ${JSON.stringify(join(compiled, 'platform/node/index.js'))};
      import { readFile, writeFile } from 'node:fs/promises';
      const dir = ${JSON.stringify(dir)};
      const lock = fileLock(dir + '/locks');
      ${body}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };
  const exitOf = async (child: ChildProcess) => (await once(child, 'exit')) as [number | null, string | null];
  const counting = `
    for (let n = 0; n < 40; n++) {
      const release = await lock.acquire('count');
      const seen = Number(await readFile(dir + '/count', 'utf8'));
      await writeFile(dir + '/count', String(seen + 1));
      await release();
    }`;
  const holding = `await lock.acquire('count'); console.log('held'); setInterval(() => {}, 1000);`;

  test('processes that increment a counter lose no increment', async () => {
    await writeFile(join(dir, 'count'), '0');
    const exits = await Promise.all([1, 2, 3, 4].map(() => exitOf(run(counting))));
    expect(exits.map(([code]) => code)).toEqual([0, 0, 0, 0]);
    expect(await readFile(join(dir, 'count'), 'utf8')).toBe('160');
    expect(await readdir(join(dir, 'locks'))).toEqual([]);
  });

  test('the lock of a killed process is taken over by exactly one process', async () => {
    await writeFile(join(dir, 'count'), '0');
    const holder = run(holding);
    await once(holder.stdout!, 'data');
    holder.kill('SIGKILL');
    await exitOf(holder);
    const exits = await Promise.all([1, 2, 3].map(() => exitOf(run(counting))));
    expect(exits.map(([code]) => code)).toEqual([0, 0, 0]);
    expect(await readFile(join(dir, 'count'), 'utf8')).toBe('120');
  });

  test('the lock of a living process is not taken', async () => {
    const holder = run(holding);
    await once(holder.stdout!, 'data');
    const abort = new AbortController();
    let got = false;
    const waiting = fileLock(join(dir, 'locks')).acquire('count', { signal: abort.signal });
    waiting.then(
      () => (got = true),
      () => {},
    );
    for (let turns = 0; turns < 2000; turns++) await eventLoopTurn();
    expect(got).toBe(false);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('a process that exits while holding the lock leaves no lock', async () => {
    const [code] = await exitOf(run(`await lock.acquire('count'); process.exit(3);`));
    expect(code).toBe(3);
    expect(await readdir(join(dir, 'locks'))).toEqual([]);
  });
});
