/**
 * Mutual exclusion between processes, and between the tasks of one, on any file system that can create a file
 * exclusively. The rule and the proof that it is safe: docs/decisions/0010-file-lock.md.
 *
 * A lock is a folder of records. To acquire it, a process creates a record (O_EXCL), then looks at all others: it holds
 * the lock if each of them is free, that is released or of a dead process. Otherwise it withdraws and waits. A record that
 * is not free is never removed by another process, and so neither is the folder: a release removes the holder's record,
 * then the folder if it is empty.
 */
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { FileSystem } from '../file-system.ts';
import type { Lock } from '../lock.ts';
import { memoryLock } from '../memory/memory-lock.ts';
import { systemClock } from '../web/system-clock.ts';
import { releaseAtExit } from './exit-release.ts';
import { claim, isCode, type LockWorld, look, pathOf, removeOwn } from './lock-folder.ts';
import { type Holder, type LockRecord, parseRecord } from './lock-record.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { type Processes, type ProcessLook, systemProcesses } from './processes.ts';

export interface FileLockOptions {
  readonly fs?: FileSystem;
  readonly clock?: Clock;
  readonly processes?: Processes;
  /** Milliseconds without a sign of life after which a holder that cannot be looked up is considered dead. Default: 60,000. */
  readonly staleMs?: number;
  /** Called once for a lock that another process holds for two seconds of waiting. */
  readonly onBlocked?: ((blocked: BlockedLock) => void) | undefined;
}

/** A lock that a process waits for. */
export interface BlockedLock {
  readonly name: string;
  /** Undefined if the record cannot be read. */
  readonly holder: (Holder & Partial<ProcessLook>) | undefined;
}

/** How the names of lock folders end. */
const suffix = '.lock';

/** Milliseconds of waiting before a blocked lock is reported. */
const noticeableMs = 2000;

interface World extends LockWorld {
  readonly onBlocked: FileLockOptions['onBlocked'];
}

/**
 * Locks as folders below `dir`, which is created (mode 0700) when first needed. A killed holder is detected
 * at once on the same machine, otherwise after `staleMs`.
 */
export function fileLock(dir: string, options: FileLockOptions = {}): Lock {
  const world: World = {
    fs: options.fs ?? nodeFileSystem,
    clock: options.clock ?? systemClock,
    processes: options.processes ?? systemProcesses,
    staleMs: options.staleMs ?? 60_000,
    onBlocked: options.onBlocked,
  };
  const within = memoryLock(); // tasks of this process wait in memory and in order; only the first one accesses the disk
  let swept = false;
  return {
    async acquire(name, wait = {}) {
      const letNext = await within.acquire(name, wait);
      try {
        const folder = join(dir, `${encodeURIComponent(name)}${suffix}`);
        const release = await acquireAcross(world, { name, folder }, wait.signal);
        return async () => {
          await release();
          if (!swept) await removeAbandoned(world, dir);
          swept = true;
          await letNext();
        };
      } catch (error) {
        await letNext();
        throw error;
      }
    },
  };
}

/** Removes the locks below `dir` that killed processes left behind. */
async function removeAbandoned(world: World, dir: string): Promise<void> {
  const names = await world.fs.readdir(dir).catch(() => []);
  for (const name of names.filter((entry) => entry.endsWith(suffix))) {
    const folder = join(dir, name);
    try {
      const { numbers, blocker } = await look(world, folder);
      const record = blocker === undefined ? await claim(world, folder, numbers) : undefined;
      if (record !== undefined) await removeOwn(world, record);
    } catch {
      // Another program's folder, or one that cannot be read: it stays.
    }
  }
}

async function acquireAcross(
  world: World,
  { name, folder }: { readonly name: string; readonly folder: string },
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  let waitedMs = 0;
  for (let wait = 2; ; wait = Math.min(wait * 2, 100)) {
    signal?.throwIfAborted();
    await makeLockFolder(world.fs, folder);
    const { numbers, blocker } = await look(world, folder);
    if (blocker === undefined) {
      const record = await claim(world, folder, numbers);
      if (record !== undefined) return hold(world, record);
    }
    await world.clock.sleep(wait, { signal });
    if (blocker !== undefined && waitedMs <= noticeableMs && waitedMs + wait > noticeableMs)
      await reportBlocked(world, name, pathOf(folder, blocker));
    waitedMs += wait;
  }
}

/** Each time, as the folder goes away with the last record in it: also between two calls, which then fail with ENOENT. */
async function makeLockFolder(fs: FileSystem, folder: string): Promise<void> {
  for (let attempts = 20; ; attempts--) {
    try {
      await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      return;
    } catch (error) {
      if (attempts === 0 || !isCode(error, 'ENOENT', 'EEXIST')) throw error;
    }
  }
}

/** Names the holder; undefined if its record was removed meanwhile. */
async function reportBlocked({ fs, processes, onBlocked }: World, name: string, path: string): Promise<void> {
  if (onBlocked === undefined) return;
  const holder = parseRecord(await fs.readFile(path, 'utf8').catch(() => ''));
  const look = holder === undefined ? undefined : await processes.look?.(holder);
  onBlocked({ name, holder: holder && { ...holder, ...look } });
}

/** Keeps the record's time current until released. */
function hold(world: World, record: LockRecord): () => Promise<void> {
  const { fs, staleMs } = world;
  const forget = fs === nodeFileSystem ? releaseAtExit(record) : () => undefined;
  const beat = setInterval(() => {
    const now = new Date();
    fs.utimes(record.path, now, now).catch(() => undefined); // without the file there is nothing to keep current
  }, staleMs / 4);
  beat.unref();
  let held = true;
  return async () => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    forget();
    await removeOwn(world, record);
  };
}
