/** The records in the folder of a lock: who may hold it, and how a process creates and removes its own record. */
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { FileHandle, FileSystem } from '../file-system.ts';
import { type LockRecord, parseRecord, releasedMark, serializeRecord } from './lock-record.ts';
import { patiently } from './patiently.ts';
import type { Processes } from './processes.ts';

/** What the records are read and judged with. */
export interface LockWorld {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly processes: Processes;
  /** Milliseconds without a sign of life after which a holder that cannot be looked up is considered dead. */
  readonly staleMs: number;
}

/**
 * Milliseconds after which a record without content is free: its process was killed while it created the record. A process
 * that was only slow finds out when it looks at the other records.
 */
const unfinishedMs = 1000;

interface Records {
  /** Numbers of all records, in ascending order. */
  readonly numbers: readonly number[];
  /** The highest one that is not free. */
  readonly blocker: number | undefined;
}

/** Reads all records but `own`. */
export async function look(world: LockWorld, folder: string, own?: number): Promise<Records> {
  const numbers = await numbersIn(world.fs, folder);
  for (const number of numbers.toReversed())
    if (number !== own && !(await isFree(world, pathOf(folder, number)))) return { numbers, blocker: number };
  return { numbers, blocker: undefined };
}

/** Creates the record after those that were seen and looks at the others. @returns undefined if another process has the lock. */
export async function claim(
  world: LockWorld,
  folder: string,
  seen: readonly number[],
): Promise<LockRecord | undefined> {
  const { fs, processes, clock } = world;
  const number = (seen.at(-1) ?? 0) + 1;
  const path = pathOf(folder, number);
  const text = serializeRecord({ ...(await processes.self()), since: clock.now() });
  const file = await createRecord(fs, path);
  if (file === undefined) return undefined;
  let held = false;
  try {
    await writeText(file, text);
    const { numbers, blocker } = await look(world, folder, number);
    held = blocker === undefined && (await isOwn(fs, path, text));
    if (held) await removeOthers(fs, folder, numbers, number);
  } finally {
    // Through the handle: by now the path may be that of another process's record.
    if (!held) await writeText(file, releasedMark);
    await file.close();
  }
  return held ? { folder, path, text } : undefined;
}

/** Undefined if there is such a record, or if the folder was removed meanwhile. */
async function createRecord(fs: FileSystem, path: string): Promise<FileHandle | undefined> {
  try {
    return await patiently(() => fs.open(path, 'wx', 0o600));
  } catch (error) {
    if (isCode(error, 'EEXIST') || isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function writeText(file: FileHandle, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await file.write(bytes, 0, bytes.byteLength, 0);
}

/** Whether the path still has the record with this text. A slow process may find that of another one there. */
async function isOwn(fs: FileSystem, path: string, text: string): Promise<boolean> {
  return (await textIfThere(fs, path)) === text;
}

async function removeOthers(
  fs: FileSystem,
  folder: string,
  numbers: readonly number[],
  own: number,
): Promise<void> {
  for (const number of numbers)
    if (number !== own) await fs.rm(pathOf(folder, number), { recursive: false, force: true });
}

/**
 * Removes the holder's record, the records of processes that withdrew meanwhile, and the folder. The folder stays if another
 * process has a record in it. A record that cannot be removed is marked.
 */
export async function removeOwn(world: LockWorld, { folder, path, text }: LockRecord): Promise<void> {
  const { fs } = world;
  if (!(await isOwn(fs, path, text))) return;
  await removeWithdrawn(fs, folder);
  try {
    await patiently(() => fs.unlink(path));
  } catch (error) {
    if (!isCode(error, 'ENOENT')) await markReleased(fs, path);
    return;
  }
  await fs.rmdir(folder).catch(() => undefined);
}

async function removeWithdrawn(fs: FileSystem, folder: string): Promise<void> {
  for (const number of await numbersIn(fs, folder)) {
    const path = pathOf(folder, number);
    if ((await textIfThere(fs, path))?.startsWith(releasedMark))
      await fs.rm(path, { recursive: false, force: true });
  }
}

/** One byte in place: a reader sees held or released, never half a record. */
async function markReleased(fs: FileSystem, path: string): Promise<void> {
  const file = await fs.open(path, 'r+');
  try {
    await writeText(file, releasedMark);
  } finally {
    await file.close();
  }
}

async function isFree(world: LockWorld, path: string): Promise<boolean> {
  const text = await textIfThere(world.fs, path);
  if (text === undefined || text.startsWith(releasedMark)) return true;
  const holder = parseRecord(text);
  const life = holder ? await world.processes.lifeOf(holder) : 'unknown';
  if (life !== 'unknown') return life === 'dead';
  const age = await ageOf(world, path);
  return age > (holder === undefined ? unfinishedMs : world.staleMs);
}

/** Milliseconds since the last sign of life. A record that was removed meanwhile is free. */
async function ageOf({ fs, clock }: LockWorld, path: string): Promise<number> {
  try {
    return clock.now() - (await fs.stat(path)).mtimeMs;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

async function textIfThere(fs: FileSystem, path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function numbersIn(fs: FileSystem, folder: string): Promise<number[]> {
  const names = await fs.readdir(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names
    .map((name) => (/^\d+$/.test(name) ? Number(name) : 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

export function pathOf(folder: string, number: number): string {
  return join(folder, String(number).padStart(8, '0'));
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
