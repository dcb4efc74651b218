/** The rule of records under scheduling that no real machine would give: many processes, killed at any moment. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import type { FileSystem } from '../file-system.ts';
import { manualClock } from '../memory/manual-clock.ts';
import { memoryFileSystem } from '../memory/memory-file-system.ts';
import { seededRandom } from '../memory/seeded-random.ts';
import { type BlockedLock, fileLock } from './file-lock.ts';
import type { Holder } from './lock-record.ts';
import { commandOf, type Processes } from './processes.ts';

/**
 * A call takes effect at its own moment, so that calls of several processes interleave in every way; some are
 * so slow that the others acquire many locks in between.
 */
function interleaved(fs: FileSystem, clock: Clock, next: () => number): FileSystem {
  const pass = async () => {
    if (next() < 0.02) await clock.sleep(next() * 2000);
    for (let ticks = Math.floor(next() * 12); ticks > 0; ticks--) await Promise.resolve();
  };
  const delayed = Object.entries(fs).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      await pass();
      const result = await (call as (...all: unknown[]) => Promise<unknown>)(...args);
      await pass();
      return result;
    },
  ]);
  return Object.fromEntries(delayed) as FileSystem;
}

function machine() {
  const dead = new Set<number>();
  const processes = (pid: number): Processes => ({
    self: async () => ({ place: 'here', pid, started: '1' }),
    lifeOf: async (holder: Holder) => {
      if (holder.place !== 'here') return 'unknown';
      return dead.has(holder.pid) ? 'dead' : 'alive';
    },
  });
  return { dead, processes };
}

describe('file lock', () => {
  test('at most one live process holds it, however calls interleave and processes are killed, and progress is always made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { next } = seededRandom(seed);
        const clock = manualClock(0);
        const fs = interleaved(memoryFileSystem(), clock, next);
        const { dead, processes } = machine();
        let holders = 0;
        const life = async (pid: number) => {
          const lock = fileLock('/locks', { fs, clock, processes: processes(pid) });
          for (let turn = 0; turn < 8; turn++) {
            const release = await lock.acquire('a');
            expect(++holders).toBe(1);
            if (next() < 0.5) await clock.sleep(next() * 50);
            holders--;
            if (pid % 2 === 0 && next() < 0.1) return void dead.add(pid); // killed while it holds the lock
            await release();
          }
        };
        await clock.runUntil(Promise.all([1, 2, 3, 4, 5, 6].map(life)));
        const last = fileLock('/locks', { fs, clock, processes: processes(7) });
        await clock.runUntil(last.acquire('a').then((release) => release()));
        expect(await clock.runUntil(fs.readdir('/locks'))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const holderOf = async (fs: FileSystem, record: string, ageMs: number, clock: Clock) => {
    await fs.mkdir('/locks/a.lock', { recursive: true });
    const file = await fs.open('/locks/a.lock/00000001', 'w');
    const bytes = new TextEncoder().encode(record);
    await file.write(bytes, 0, bytes.byteLength, 0);
    await file.close();
    const time = new Date(clock.now() - ageMs);
    await fs.utimes('/locks/a.lock/00000001', time, time);
  };

  test.each([
    ['a holder on another machine', 'H {"place":"there","pid":7}\n', 60_000],
    ['a record that was never finished', 'H {"pla', 1000],
    ['an empty file', '', 1000],
  ])('%s blocks until it has shown no sign of life for its time', async (_name, record, ms) => {
    const fs = memoryFileSystem();
    const clock = manualClock(1e9);
    await holderOf(fs, record, ms - 500, clock);
    const lock = fileLock('/locks', { fs, clock, processes: machine().processes(1) });
    const release = await clock.runUntil(lock.acquire('a'));
    expect(clock.now()).toBeGreaterThan(1e9 + 500);
    expect(clock.now()).toBeLessThan(1e9 + 1000);
    await release();
  });

  test('a released lock is free at once, whichever machine held it', async () => {
    const fs = memoryFileSystem();
    const clock = manualClock(1e9);
    await holderOf(fs, 'R {"place":"there","pid":7}\n', 0, clock);
    const lock = fileLock('/locks', { fs, clock, processes: machine().processes(1) });
    await (await clock.runUntil(lock.acquire('a')))();
    expect(clock.now()).toBe(1e9);
  });

  test('nothing stays of a lock that was released', async () => {
    const fs = memoryFileSystem();
    const lock = fileLock('/locks', { fs, clock: manualClock(), processes: machine().processes(1) });
    for (let turn = 0; turn < 20; turn++) await (await lock.acquire('a'))();
    expect(await fs.readdir('/locks')).toEqual([]);
  });

  test('a lock whose release does not remove its record is free all the same', async () => {
    const fs = memoryFileSystem();
    const refusal = Object.assign(new Error('not permitted'), { code: 'EPERM' });
    const faulty = { ...fs, unlink: () => Promise.reject(refusal) };
    const [clock, processes] = [manualClock(1e9), machine().processes(1)];
    await (await fileLock('/locks', { fs: faulty, clock, processes }).acquire('a'))();
    expect(await fs.readdir('/locks/a.lock')).toHaveLength(1);
    await (await fileLock('/locks', { fs, clock, processes: machine().processes(2) }).acquire('a'))();
    expect(clock.now()).toBe(1e9);
    expect(await fs.readdir('/locks')).toEqual([]);
  });

  test('the locks of killed processes are removed with the next release, whatever their names', async () => {
    const fs = memoryFileSystem();
    const { dead, processes } = machine();
    const clock = manualClock(1e9);
    const lockOf = (pid: number) => fileLock('/locks', { fs, clock, processes: processes(pid) });
    await lockOf(1).acquire('killed');
    await lockOf(2).acquire('alive');
    await fs.mkdir('/locks/empty.lock', { recursive: true });
    await fs.mkdir('/locks/another', { recursive: true });
    dead.add(1);
    await (await lockOf(3).acquire('b'))();
    expect((await fs.readdir('/locks')).sort()).toEqual(['alive.lock', 'another']);
  });

  test('records of processes that withdrew go away with the lock', async () => {
    const fs = memoryFileSystem();
    const [clock, processes] = [manualClock(1e9), machine().processes(1)];
    const release = await fileLock('/locks', { fs, clock, processes }).acquire('a');
    const file = await fs.open('/locks/a.lock/00000002', 'wx');
    await file.write(new TextEncoder().encode('R {"pla'), 0, 7, 0);
    await file.close();
    await release();
    expect(await fs.readdir('/locks')).toEqual([]);
  });

  test('a name may contain any character', async () => {
    const fs = memoryFileSystem();
    const lock = fileLock('/locks', { fs, clock: manualClock(), processes: machine().processes(1) });
    const release = await lock.acquire('../tokens/work.json');
    expect(await fs.readdir('/locks')).toEqual(['..%2Ftokens%2Fwork.json.lock']);
    await release();
  });

  test('a lock that blocks for two seconds is reported once, with its holder', async () => {
    const clock = manualClock(5000);
    const fs = memoryFileSystem();
    const { processes } = machine();
    const look = async () => ({ command: 'onedrive-cli put', stopped: true });
    const blocked: BlockedLock[] = [];
    const options = { fs, clock, onBlocked: (one: BlockedLock) => blocked.push(one) };
    const release = await fileLock('/locks', { ...options, processes: processes(1) }).acquire('a');
    const other = fileLock('/locks', { ...options, processes: { ...processes(2), look } }).acquire('a');
    await clock.advance(1000);
    expect(blocked).toEqual([]);
    await clock.advance(10_000);
    const holder = { place: 'here', pid: 1, started: '1', since: 5000 };
    expect(blocked).toEqual([
      { name: 'a', holder: { ...holder, command: 'onedrive-cli put', stopped: true } },
    ]);
    await release();
    await clock.runUntil(other);
  });
});

test('a command line is shown without its options, values and addresses', () => {
  expect(commandOf(['/usr/bin/node', '/opt/onedrive-cli', '--query', 'X', 'put', 'Secret.txt'])).toBe(
    'onedrive-cli put',
  );
  expect(commandOf(['onedrive-cli', 'https://localhost/?code=M.R3'])).toBe('onedrive-cli');
  expect(commandOf([''])).toBeUndefined();
});
