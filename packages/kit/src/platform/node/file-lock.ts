/**
 * Mutual exclusion between processes, and between the tasks of one, on any file system that can create a file
 * exclusively. The rule and why it is safe: docs/decisions/0010-file-lock.md.
 *
 * A lock is a folder of numbered generations. The highest one counts: it is held by who created it (O_EXCL, so there
 * is one winner) until its first byte says released or its holder is dead; then whoever creates the next number
 * holds. A number below the highest never counts, so a slow taker that creates an old one notices and backs off.
 */
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { FileSystem } from '../file-system.ts';
import type { Lock } from '../lock.ts';
import { memoryLock } from '../memory/memory-lock.ts';
import { systemClock } from '../web/system-clock.ts';
import { releaseAtExit } from './exit-release.ts';
import { type Holder, parseRecord, releasedMark, serializeRecord } from './lock-record.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { type Processes, type ProcessLook, systemProcesses } from './processes.ts';

export interface FileLockOptions {
  readonly fs?: FileSystem;
  readonly clock?: Clock;
  readonly processes?: Processes;
  /** Milliseconds without a sign of life after which a holder that cannot be looked up is taken for dead. 60 s. */
  readonly staleMs?: number;
  /** Called once for a lock that another process has kept for two seconds of waiting. */
  readonly onBlocked?: ((blocked: BlockedLock) => void) | undefined;
}

/** A lock that is waited for. */
export interface BlockedLock {
  readonly name: string;
  /** Undefined where the record cannot be read. */
  readonly holder: (Holder & Partial<ProcessLook>) | undefined;
}

/** Milliseconds of waiting before a blocked lock is reported. */
const noticeableMs = 2000;

/** Kept behind the highest, so that no listing of the folder, however slow, can miss every recent number. */
const keptGenerations = 4;

interface World {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly staleMs: number;
  readonly onBlocked: FileLockOptions['onBlocked'];
}

/**
 * Locks as folders below `dir`, which is made (mode 0700) when first needed.
 * A holder that was killed is noticed at once on the same machine, elsewhere after `staleMs`.
 */
export function fileLock(dir: string, options: FileLockOptions = {}): Lock {
  const world: World = {
    fs: options.fs ?? nodeFileSystem,
    clock: options.clock ?? systemClock,
    processes: options.processes ?? systemProcesses,
    staleMs: options.staleMs ?? 60_000,
    onBlocked: options.onBlocked,
  };
  const within = memoryLock(); // tasks of this process queue in memory and in order, only the first looks at the disk
  return {
    async acquire(name, wait = {}) {
      const letNext = await within.acquire(name, wait);
      try {
        const release = await acquireAcross(
          world,
          { name, folder: join(dir, `${encodeURIComponent(name)}.lock`) },
          wait.signal,
        );
        return async () => {
          await release();
          await letNext();
        };
      } catch (error) {
        await letNext();
        throw error;
      }
    },
  };
}

async function acquireAcross(
  world: World,
  { name, folder }: { readonly name: string; readonly folder: string },
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  let waitedMs = 0;
  await world.fs.mkdir(folder, { recursive: true, mode: 0o700 });
  for (let wait = 2; ; wait = Math.min(wait * 2, 100)) {
    signal?.throwIfAborted();
    const highest = (await generations(world.fs, folder)).at(-1) ?? 0;
    if (highest === 0 || (await isFree(world, pathOf(folder, highest)))) {
      const held = await tryGeneration(world, folder, highest + 1);
      if (held) return held;
    } else {
      await world.clock.sleep(wait, { signal });
      if (waitedMs <= noticeableMs && waitedMs + wait > noticeableMs)
        await reportBlocked(world, name, pathOf(folder, highest));
      waitedMs += wait;
    }
  }
}

/** Names the holder; a record that is gone by now belongs to no holder. */
async function reportBlocked({ fs, processes, onBlocked }: World, name: string, path: string): Promise<void> {
  if (onBlocked === undefined) return;
  const holder = parseRecord(await fs.readFile(path, 'utf8').catch(() => ''));
  const look = holder === undefined ? undefined : await processes.look?.(holder);
  onBlocked({ name, holder: holder && { ...holder, ...look } });
}

/** Creates generation `number`; undefined when somebody else did, or has gone beyond it. */
async function tryGeneration(world: World, folder: string, number: number) {
  const path = pathOf(folder, number);
  if (!(await createRecord(world, path))) return undefined;
  const all = await generations(world.fs, folder);
  if (all.at(-1) !== number) {
    await world.fs.rm(path, { recursive: false, force: true });
    return undefined;
  }
  for (const old of all.slice(0, -keptGenerations))
    await world.fs.rm(pathOf(folder, old), { recursive: false, force: true });
  return hold(world, path);
}

async function createRecord({ fs, processes, clock }: World, path: string): Promise<boolean> {
  try {
    const file = await fs.open(path, 'wx', 0o600);
    try {
      const bytes = new TextEncoder().encode(
        serializeRecord({ ...(await processes.self()), since: clock.now() }),
      );
      await file.write(bytes, 0, bytes.byteLength, 0);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Shows signs of life until released. */
function hold({ fs, staleMs }: World, path: string): () => Promise<void> {
  const forget = fs === nodeFileSystem ? releaseAtExit(path) : () => undefined;
  const beat = setInterval(() => {
    const now = new Date();
    fs.utimes(path, now, now).catch(() => undefined); // the file is gone: there is nothing left to show
  }, staleMs / 4);
  beat.unref();
  let held = true;
  return async () => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    forget();
    await markReleased(fs, path);
  };
}

/** One byte in place: a reader sees held or released, never half a record. */
async function markReleased(fs: FileSystem, path: string): Promise<void> {
  try {
    const file = await fs.open(path, 'r+');
    try {
      await file.write(new TextEncoder().encode(releasedMark), 0, 1, 0);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

async function isFree(world: World, path: string): Promise<boolean> {
  try {
    const text = await world.fs.readFile(path, 'utf8');
    if (text.startsWith(releasedMark)) return true;
    const holder = parseRecord(text);
    const life = holder ? await world.processes.lifeOf(holder) : 'unknown';
    if (life !== 'unknown') return life === 'dead';
    return world.clock.now() - (await world.fs.stat(path)).mtimeMs > world.staleMs;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false; // swept away by a newer holder: look again
    throw error;
  }
}

async function generations(fs: FileSystem, folder: string): Promise<number[]> {
  const names = await fs.readdir(folder);
  return names
    .map((name) => (/^\d+$/.test(name) ? Number(name) : 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

function pathOf(folder: string, generation: number): string {
  return join(folder, String(generation).padStart(8, '0'));
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
