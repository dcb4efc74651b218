/**
 * Plays one schedule: a transfer against the embedded server, on a clock that jumps, with everything going wrong that
 * the schedule says, started again after each end of the process until it succeeds or tells an error; then once more
 * with nothing going wrong. Throws when a file is wrong, a source is lost, another client's file is lost that was to
 * stay, or bytes go over the wire that the service was known to have.
 */

import { type Drive, pathSink, pathSource } from '../../src/drive/index.ts';
import { isOneDriveError } from '../../src/errors/index.ts';
import { handlerTransport } from '../../src/http/handler-transport.ts';
import type { Transport } from '../../src/http/transport.ts';
import { manualClock, seededRandom } from '../../src/platform/index.ts';
import {
  CrashError,
  type FileFault,
  faultyFileSystem,
} from '../../src/platform/memory/faulty-file-system.ts';
import { memoryFileSystem } from '../../src/platform/memory/memory-file-system.ts';
import { createOneDrive } from '../../src/server/index.ts';
import { checkCompany, companyOf, moveTree, uploadCompany, writeCompany } from './company.ts';
import { local, read, write } from './local-file.ts';
import { happen } from './meanwhile.ts';
import { processOn } from './process.ts';
import { indistinct, same } from './same-bytes.ts';
import type { Schedule } from './schedule.ts';
import { type SentSoFar, watched } from './watched.ts';

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
  const over = schedule.meanwhile && { ...schedule.meanwhile, request: 0 };
  const last = await live(world, { ...schedule, meanwhile: over }, []);
  await check(world, schedule, last);
  // Where nothing was to be replaced, what is there now is in the way.
  const inTheWay = schedule.meanwhile?.conflict === 'fail' && last === 'error: conflict';
  if (last !== 'verified' && !inTheWay) throw new Error(`With nothing going wrong it ended as: ${last}.`);
  await world.server.close();
  return { outcomes: [...outcomes, ...world.requests.happened] };
}

function bytesOf(size: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return random.bytes(size);
}

async function prepare(schedule: Schedule) {
  const { seed, kind, size, direction, replaces } = schedule;
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
  const { drive: plain, provider } = processOn(server, clock, fileSystem);
  if (there !== undefined) await clock.runUntil(plain.upload(there, '', { name: 'file.bin' }));
  const company = companyOf(schedule, bytesOf);
  if (direction === 'upload') await writeCompany(fileSystem, company);
  else await clock.runUntil(uploadCompany(plain, company));
  fileSystem.settle();
  const sent: SentSoFar = new Map();
  const scene = { provider, fileSystem, states: [content], rival: bytesOf(700, seed + 3) };
  const first: { there: Uint8Array | undefined } = { there: undefined };
  return {
    clock,
    server,
    fileSystem,
    old,
    company,
    plain,
    sent,
    scene,
    first,
    requests: { count: 0, happened: [] as string[] },
  };
}

type Outcome = 'verified' | 'crashed' | `error: ${string}`;

async function live(world: World, schedule: Schedule, faults: readonly FileFault[]): Promise<Outcome> {
  const { clock, server, scene, requests } = world;
  const { meanwhile } = schedule;
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
    if (meanwhile !== undefined && ++requests.count === meanwhile.request)
      requests.happened.push(await happen(meanwhile, scene));
    return handlerTransport(server.handler)(request);
  };
  const { drive } = processOn(server, clock, disk, watched(slow, dead, world.sent));
  try {
    await clock.runUntil(transfer(drive, schedule, disk));
    return (await dead()) ? 'crashed' : 'verified';
  } catch (error) {
    if (await dead()) return 'crashed';
    if (isOneDriveError(error)) return `error: ${error.code}`;
    throw error;
  }
}

async function transfer(
  drive: Drive,
  schedule: Schedule,
  disk: ReturnType<typeof faultyFileSystem>,
): Promise<void> {
  const { direction, ranges, fragmentSize, seed, meanwhile, company } = schedule;
  if (company !== undefined) {
    await moveTree(drive, direction, { fileSystem: disk, durable: true });
    return;
  }
  const conflict = meanwhile?.conflict ?? 'replace';
  const result =
    direction === 'upload'
      ? await drive.upload(await pathSource(disk, local), '', { name: 'file.bin', fragmentSize, conflict })
      : await drive.download(
          'file.bin',
          pathSink(disk, local, { random: seededRandom(seed), durable: true }),
          {
            ranges,
          },
        );
  if (result.verdict !== 'verified') throw new Error(`The verdict is ${result.verdict}.`);
}

/** The truth, seen past all faults. */
async function check(world: World, schedule: Schedule, outcome: Outcome) {
  const { clock, server, fileSystem, plain, old, scene, first } = world;
  const { states, rival } = scene;
  const { direction, meanwhile } = schedule;
  server.control.faults.set(noFaults);
  const inDrive = (path: string) =>
    clock.runUntil(
      plain.read(path).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'not-found') return undefined;
        throw error;
      }),
    );
  const here = await read(fileSystem);
  const there = await inDrive('file.bin');
  const how = { fileSystem, up: direction === 'upload', verified: outcome === 'verified' };
  await checkCompany(world.company, inDrive, how);
  const source = direction === 'upload' ? here : there;
  const target = direction === 'upload' ? there : here;
  if (!same(source, states.at(-1))) throw new Error('The source is lost or changed.');
  const ours = states.some((state) => indistinct(target, state));
  const theirs = meanwhile?.does === 'take-name' && same(target, rival);
  // A tree goes on when this file is done, so that others may replace it before the end.
  const later = schedule.company !== undefined && theirs;
  if (outcome === 'verified' && !ours && !later) throw new Error('Verified, and yet the file is wrong.');
  if (!ours && !theirs && !same(target, old)) throw new Error(`After ${outcome} there is a wrong file.`);
  if (meanwhile?.conflict !== 'fail') return;
  if (first.there !== undefined && !same(there, first.there))
    throw new Error(`After ${outcome} a file is replaced that was to stay.`);
  first.there = there;
}
