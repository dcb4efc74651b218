/**
 * Plays one schedule: a transfer against the embedded server, on a clock that jumps, with everything going wrong that
 * the schedule says, started again after each end of the process until it succeeds or tells an error; then once more
 * with nothing going wrong. Throws when a file is wrong, a source is lost, another client's file is lost that was to
 * stay, or bytes go over the wire that the service was known to have.
 */

import { type Drive, pathSink, pathSource } from '../../packages/kit/src/drive/index.ts';
import { isOneDriveError } from '../../packages/kit/src/errors/index.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import type { Transport } from '../../packages/kit/src/http/transport.ts';
import { type FileSystem, manualClock, seededRandom } from '../../packages/kit/src/platform/index.ts';
import {
  CrashError,
  type FileFault,
  faultyFileSystem,
} from '../../packages/kit/src/platform/memory/faulty-file-system.ts';
import { memoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { companyOf, moveTree, uploadCompany, writeCompany } from './company.ts';
import { damageBy } from './damage.ts';
import { judge, type Moved, missed, type Told } from './judge.ts';
import { home, local, read, write } from './local-file.ts';
import { happen } from './meanwhile.ts';
import { processOn } from './process.ts';
import { same } from './same-bytes.ts';
import type { Schedule } from './schedule.ts';
import { alwaysFresh, untilRefused } from './tokens.ts';
import { type SentSoFar, watched } from './watched.ts';

const noFaults = { rules: [] };

/** The name of the file that a schedule is about. */
const mainFile = 'file.bin';

/** What became of a schedule; for a summary. */
export interface Played {
  readonly outcomes: readonly string[];
}

type World = Awaited<ReturnType<typeof prepare>>;

/** @throws Error if a guarantee of the engine was violated; the message contains the details. */
export async function runSchedule(schedule: Schedule): Promise<Played> {
  const world = await prepare(schedule);
  const outcomes: string[] = [];
  let files = schedule.files;
  for (let life = 0; ; life++) {
    world.server.control.faults.set(schedule.faults);
    const lived = await live(world, schedule, files);
    outcomes.push(lived.outcome, ...(await check(world, schedule, lived)));
    if (lived.outcome !== 'crashed') break;
    if (life > 3) throw new Error('It crashed without a reason.');
    files = withoutFirstCrash(files);
    if (schedule.crash !== 'kill')
      world.fileSystem.crash({ entries: schedule.crash === 'power-lost' ? 'lost' : 'kept' });
  }
  world.server.control.faults.set(noFaults);
  // A source that the power cut took away was not lost by us, but it cannot be sent either: all were settled before.
  const over = schedule.meanwhile && { ...schedule.meanwhile, request: 0 };
  let last = await live(world, { ...schedule, meanwhile: over }, []);
  const remarks = await check(world, schedule, last);
  if (last.outcome === 'error: integrity' && damageBy(world.server).sent > 0) {
    // A session that it went on with had got wrong bytes before; told so, the next one begins afresh.
    last = await live(world, { ...schedule, meanwhile: over }, []);
    remarks.push(...(await check(world, schedule, last)));
  }
  // Where nothing was to be replaced, what is there now is in the way.
  const inTheWay = schedule.meanwhile?.conflict === 'fail' && last.outcome === 'error: conflict';
  if (last.outcome !== 'verified' && !inTheWay)
    throw new Error(`With nothing going wrong it ended as: ${last.outcome}.`);
  await world.server.close();
  return { outcomes: [...outcomes, ...remarks, ...world.requests.happened] };
}

function withoutFirstCrash(files: readonly FileFault[]): FileFault[] {
  const crashes = files.filter(({ does }) => 'crash' in does).sort((a, b) => (a.nth ?? 1) - (b.nth ?? 1));
  return files.filter((one) => one !== crashes[0]);
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
  if (there !== undefined) await clock.runUntil(plain.upload(there, '', { name: mainFile }));
  const company = companyOf(schedule, bytesOf);
  if (direction === 'upload') await writeCompany(fileSystem, company);
  else await clock.runUntil(uploadCompany(plain, company));
  fileSystem.settle();
  const sent: SentSoFar = new Map();
  const scene = { provider, fileSystem, states: [content], rival: bytesOf(700, seed + 3) };
  const first: { there: Uint8Array | undefined } = { there: undefined };
  const requests = { count: 0, happened: [] as string[] };
  return { clock, server, fileSystem, old, company, plain, sent, scene, first, requests };
}

type Outcome = 'verified' | 'crashed' | 'judged by size' | `error: ${string}`;

/** One process, from its start to its end. */
interface Life {
  readonly outcome: Outcome;
  /** What it told of each file. */
  readonly told: ReadonlyMap<string, Told>;
}

async function live(world: World, schedule: Schedule, faults: readonly FileFault[]): Promise<Life> {
  const disk = faultyFileSystem(world.fileSystem, faults);
  const dead = async () => {
    try {
      await disk.stat('/');
      return false;
    } catch (error) {
      return error instanceof CrashError;
    }
  };
  const told = new Map<string, Told>();
  const { drive } = processOn(world.server, world.clock, disk, lineOf(world, schedule, dead));
  const moved = transfer(drive, schedule, disk, (path, what) => told.set(path, what));
  try {
    await world.clock.runUntil(moved);
    const bySize = [...told.values()].includes('size-only');
    return { outcome: (await dead()) ? 'crashed' : bySize ? 'judged by size' : 'verified', told };
  } catch (error) {
    if (await dead()) return { outcome: 'crashed', told };
    if (isOneDriveError(error)) return { outcome: `error: ${error.code}`, told };
    throw error;
  }
}

/** Requests take their time, so that notes are due between them, and others do what they do before one of them. */
function lineOf(world: World, { meanwhile, tokenLife }: Schedule, dead: () => Promise<boolean>) {
  const { clock, server, scene, requests, sent } = world;
  const slow: Transport = async (request) => {
    await clock.sleep(1500, { signal: request.signal });
    if (meanwhile !== undefined && ++requests.count === meanwhile.request)
      requests.happened.push(await happen(meanwhile, scene));
    return handlerTransport(server.handler)(request);
  };
  const refused = () => void requests.happened.push('a token ended');
  const credential = tokenLife === undefined ? alwaysFresh(server) : untilRefused(server, tokenLife, refused);
  return { wire: watched(slow, dead, sent), credential };
}

async function transfer(
  drive: Drive,
  schedule: Schedule,
  disk: FileSystem,
  tell: (path: string, what: Told) => void,
): Promise<void> {
  const { direction, ranges, fragmentSize, seed, meanwhile, company } = schedule;
  if (company !== undefined) {
    await moveTree(drive, direction, { fileSystem: disk, durable: true }, tell);
    return;
  }
  const conflict = meanwhile?.conflict ?? 'replace';
  const { verdict } =
    direction === 'upload'
      ? await drive.upload(await pathSource(disk, local), '', { name: mainFile, fragmentSize, conflict })
      : await drive.download(mainFile, pathSink(disk, local, { random: seededRandom(seed), durable: true }), {
          ranges,
        });
  tell(mainFile, verdict);
}

/**
 * The truth, seen past all faults.
 * @returns what is wrong and yet honest, for a summary.
 */
async function check(world: World, schedule: Schedule, { outcome, told }: Life): Promise<string[]> {
  const { clock, server, plain, first, fileSystem } = world;
  server.control.faults.set(noFaults);
  const inDrive = (path: string) =>
    clock.runUntil(
      plain.read(path).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'not-found') return undefined;
        throw error;
      }),
    );
  const remarks: string[] = [];
  for (const path of [mainFile, ...world.company.keys()]) {
    const [here, there] = [await read(fileSystem, `${home}/${path}`), await inDrive(path)];
    const file = fileOf(world, schedule, { path, here, there, told: told.get(path) });
    const damage = () => damageBy(server);
    const remark = judge(file, damage) ?? (outcome === 'verified' ? missed(file, damage) : undefined);
    if (remark !== undefined) remarks.push(remark);
    if (path !== mainFile || schedule.meanwhile?.conflict !== 'fail') continue;
    if (first.there !== undefined && !same(there, first.there))
      throw new Error(`After ${outcome} a file is replaced that was to stay.`);
    first.there = there;
  }
  return remarks;
}

interface Seen {
  readonly path: string;
  readonly here: Uint8Array | undefined;
  readonly there: Uint8Array | undefined;
  readonly told: Told | undefined;
}

function fileOf(
  { scene, old, company }: World,
  { direction, meanwhile, company: sizes }: Schedule,
  { path, here, there, told }: Seen,
): Moved {
  const up = direction === 'upload';
  const main = path === mainFile;
  const small = company.get(path);
  return {
    ...{ path, up, told, source: up ? here : there, target: up ? there : here },
    states: small === undefined ? scene.states : [small],
    old: main ? old : undefined,
    rival: main && meanwhile?.does === 'take-name' ? scene.rival : undefined,
    // A tree goes on when this file is done, so that others may replace it before the end.
    overtaken: sizes !== undefined,
  };
}
