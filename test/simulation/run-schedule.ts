/**
 * Plays one schedule: a transfer against the embedded server, on a clock that jumps, with everything going wrong that
 * the schedule says, started again after each end of the process until it succeeds or tells an error; then once more
 * with nothing going wrong. Throws when a file is wrong, a source is lost, or bytes go over the wire that the service
 * was known to have.
 */

import { type Drive, driveOn, graphProvider, pathSink, pathSource } from '../../src/drive/index.ts';
import { myDrive } from '../../src/graph/item-ref-forms.ts';
import { handlerTransport } from '../../src/http/handler-transport.ts';
import { compose } from '../../src/http/index.ts';
import { pace, paceGate } from '../../src/http/pace.ts';
import { retry } from '../../src/http/retry.ts';
import { timeout } from '../../src/http/timeout.ts';
import type { Transport } from '../../src/http/transport.ts';
import { manualClock, memoryLock, seededRandom } from '../../src/platform/index.ts';
import {
  CrashError,
  type FileFault,
  faultyFileSystem,
} from '../../src/platform/memory/faulty-file-system.ts';
import { type MemoryFileSystem, memoryFileSystem } from '../../src/platform/memory/memory-file-system.ts';
import { fileStore } from '../../src/platform/node/index.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../src/server/index.ts';
import type { Schedule } from './schedule.ts';

const local = '/home/me/file.bin';
const noFaults = { rules: [] };

/** What became of a schedule; for a summary. */
export interface Played {
  readonly outcomes: readonly string[];
}

type World = Awaited<ReturnType<typeof prepare>>;

/** @throws Error when the engine broke its word; the message says how. */
export async function runSchedule(schedule: Schedule): Promise<Played> {
  const world = await prepare(schedule);
  const outcomes: string[] = [];
  let files = schedule.files;
  for (let life = 0; ; life++) {
    world.server.control.faults.set(schedule.faults);
    const outcome = await live(world, schedule, files);
    await check(world, schedule, outcome);
    outcomes.push(outcome);
    if (outcome !== 'crashed') break;
    if (life > 3) throw new Error('It crashed without a reason.');
    files = files.filter(({ does }) => !('crash' in does));
    if (schedule.crash !== 'kill')
      world.fileSystem.crash({ entries: schedule.crash === 'power-lost' ? 'lost' : 'kept' });
  }
  world.server.control.faults.set(noFaults);
  // A source that the power cut took away was not lost by us, but it cannot be sent either: all were settled before.
  const last = await live(world, schedule, []);
  await check(world, schedule, last);
  if (last !== 'verified') throw new Error(`With nothing going wrong it ended as: ${last}.`);
  await world.server.close();
  return { outcomes };
}

function bytesOf(size: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return random.bytes(size);
}

async function prepare({ seed, kind, size, direction, replaces }: Schedule) {
  const clock = manualClock();
  const server = await createOneDrive({ clock, random: seededRandom(seed), kind });
  const fileSystem = memoryFileSystem({ now: () => clock.now() });
  await fileSystem.mkdir('/home/me', { recursive: true });
  await fileSystem.mkdir('/state', { recursive: true });
  const content = bytesOf(size, seed + 1);
  const old = replaces ? bytesOf(500, seed + 2) : undefined;
  const here = direction === 'upload' ? content : old;
  const there = direction === 'upload' ? old : content;
  if (here !== undefined) await write(fileSystem, here);
  const plain = driveOf(server, clock, fileSystem, undefined);
  if (there !== undefined) await clock.runUntil(plain.upload(there, '', { name: 'file.bin' }));
  fileSystem.settle();
  return { clock, server, fileSystem, content, old, plain };
}

async function write(fileSystem: MemoryFileSystem, bytes: Uint8Array): Promise<void> {
  const file = await fileSystem.open(local, 'w');
  await file.write(bytes, 0, bytes.length, 0);
  await file.sync();
  await file.close();
}

async function read(fileSystem: MemoryFileSystem): Promise<Uint8Array | undefined> {
  const file = await fileSystem.open(local, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  const bytes = new Uint8Array((await file.stat()).size);
  await file.read(bytes, 0, bytes.length, 0);
  await file.close();
  return bytes;
}

/** A process: its own lock, its own gate, the shared disk and server. */
function driveOf(
  server: EmbeddedOneDrive,
  clock: ReturnType<typeof manualClock>,
  fileSystem: ReturnType<typeof faultyFileSystem> | MemoryFileSystem,
  watch: (() => Transport) | undefined,
): Drive {
  const random = seededRandom(7);
  const wire = watch === undefined ? handlerTransport(server.handler) : watch();
  const gate = paceGate({ clock });
  const around = [retry({ clock, random }), pace(gate, clock), timeout({ clock, silenceMs: 60_000 })];
  const plain = compose(wire, ...around);
  const transport: Transport = (request) =>
    plain({ ...request, headers: { ...request.headers, authorization: `Bearer ${server.token()}` } });
  const client = { transport, plain, baseUrl: 'https://graph.microsoft.com/v1.0' };
  const lock = memoryLock();
  const journal = { store: fileStore(fileSystem, '/state', { lock }), lock, fileSystem, scope: 'me' };
  // Small limits, so that a few kilobytes have many fragments.
  const provider = graphProvider(client, myDrive);
  const capabilities = { ...provider.capabilities, putLimit: 1000, fragmentUnit: 100, fragmentLimit: 2500 };
  return driveOn({ ...provider, capabilities }, { clock, random, journal });
}

type Outcome = 'verified' | 'crashed' | `error: ${string}`;

async function live(world: World, schedule: Schedule, faults: readonly FileFault[]): Promise<Outcome> {
  const { clock, server } = world;
  const disk = faultyFileSystem(world.fileSystem, faults);
  const dead = async () => {
    try {
      await disk.stat('/');
      return false;
    } catch (error) {
      return error instanceof CrashError;
    }
  };
  // Requests take their time, so that notes are due between them.
  const slow: Transport = async (request) => {
    await clock.sleep(1500, { signal: request.signal });
    return handlerTransport(server.handler)(request);
  };
  const watch = () => watched(slow, dead);
  const drive = driveOf(server, clock, disk, watch);
  try {
    await clock.runUntil(transfer(drive, schedule, disk));
    return (await dead()) ? 'crashed' : 'verified';
  } catch (error) {
    if (await dead()) return 'crashed';
    if (error instanceof Error && 'code' in error && error.name.endsWith('Error') && 'hint' in error)
      return `error: ${String(error.code)}`;
    throw error;
  }
}

async function transfer(
  drive: Drive,
  schedule: Schedule,
  disk: ReturnType<typeof faultyFileSystem>,
): Promise<void> {
  const { direction, ranges, fragmentSize, seed } = schedule;
  const result =
    direction === 'upload'
      ? await drive.upload(await pathSource(disk, local), '', { name: 'file.bin', fragmentSize })
      : await drive.download(
          'file.bin',
          pathSink(disk, local, { random: seededRandom(seed), durable: true }),
          {
            ranges,
          },
        );
  if (result.verdict !== 'verified') throw new Error(`The verdict is ${result.verdict}.`);
}

/** A dead process sends nothing; a living one sends nothing that it was told is there. */
function watched(inner: Transport, dead: () => Promise<boolean>): Transport {
  const had = new Map<string, number>();
  return async (request) => {
    if (await dead()) throw new CrashError();
    const { pathname } = new URL(request.url);
    const range = /^bytes (\d+)-/.exec(request.headers['content-range'] ?? '');
    const start = range === null ? undefined : Number(range[1]);
    const known = had.get(pathname) ?? 0;
    if (start !== undefined && start < known)
      throw new Error(`Sent byte ${start} again: the service had said that it has ${known}.`);
    const response = await inner(request);
    if (!pathname.startsWith('/_upload/') || response.status >= 300) return response;
    const chunks: Uint8Array[] = [];
    // Read here, so that what the client is told is what is remembered; a break is passed on where it came.
    let broken: { readonly error: unknown } | undefined;
    try {
      for await (const chunk of response.body) chunks.push(chunk.slice());
    } catch (error) {
      broken = { error };
    }
    if (broken === undefined) remember(had, pathname, chunks);
    async function* again() {
      yield* chunks;
      if (broken !== undefined) throw broken.error;
    }
    return { ...response, body: again() };
  };
}

function remember(had: Map<string, number>, pathname: string, chunks: readonly Uint8Array[]): void {
  const said = /"nextExpectedRanges":\["(\d+)/.exec(Buffer.concat(chunks).toString());
  if (said !== null) had.set(pathname, Number(said[1]));
}

/** The truth, seen past all faults. */
async function check(
  { clock, server, fileSystem, plain, content, old }: World,
  schedule: Schedule,
  outcome: Outcome,
) {
  server.control.faults.set(noFaults);
  const here = await read(fileSystem);
  const there = await clock.runUntil(
    plain.read('file.bin').catch((error: unknown) => {
      if ((error as { code?: string }).code === 'not-found') return undefined;
      throw error;
    }),
  );
  const source = schedule.direction === 'upload' ? here : there;
  const target = schedule.direction === 'upload' ? there : here;
  if (!same(source, content)) throw new Error('The source is lost or changed.');
  if (outcome === 'verified' && !same(target, content))
    throw new Error('Verified, and yet the file is wrong.');
  if (!same(target, content) && !same(target, old))
    throw new Error(`After ${outcome} there is a wrong file.`);
}

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Buffer.from(one).equals(other);
}
