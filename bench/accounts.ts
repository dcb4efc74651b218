/**
 * The embedded server with many accounts, in one process: the processor time of requests beside the same requests to a
 * server with one account, for both storages. `--size` is the largest number of accounts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createOneDrive,
  directoryStorage,
  type EmbeddedOneDrive,
  memoryStorage,
  type Storage,
} from '../packages/server/src/index.ts';
import { accountRequests, fleet } from './fleet.ts';
import { type Measured, median } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Group, Report } from './report.ts';

const requestsPerRound = 20;

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const largest = options.size ?? 10_000;
  const counts = [1, 100, 1000, 10_000].filter((count) => count < largest).concat(largest);
  const rounds = options.rounds ?? 15;
  const groups: Group[] = [];
  for (const storage of ['memory', 'directory'] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'onedrive-kit-accounts-'));
    try {
      groups.push(...(await compare(storage, folder, counts, rounds)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { name: 'accounts', groups, notes };
}

const notes = [
  'A ratio of 1 means that the request costs the same as with one account. Each run is the mean of 20 requests of one kind.',
  'Seeding is one run and grows with the number of accounts; its ratio is a time. Its peak is the heap of the whole process afterwards.',
];

interface Server {
  readonly count: number;
  readonly seeding: Measured;
  readonly drive: EmbeddedOneDrive;
}

async function compare(
  kind: 'memory' | 'directory',
  folder: string,
  counts: readonly number[],
  rounds: number,
): Promise<Group[]> {
  const open = (count: number): Storage | Promise<Storage> =>
    kind === 'memory' ? memoryStorage() : directoryStorage(join(folder, String(count)), { durable: false });
  const servers: Server[] = [];
  for (const count of counts) servers.push(await start(await open(count), count));
  try {
    const groups: Group[] = [
      {
        title: `${kind}: seeding`,
        reference: nameOf(counts[0] ?? 1),
        measured: servers.map((one) => one.seeding),
      },
    ];
    for (const [title, send] of accountRequests) {
      const samples = servers.map((): number[] => []);
      for (let round = -5; round < rounds; round++)
        for (const [i, { drive }] of servers.entries()) {
          const ms = await timed(() => send(drive, round + 5));
          if (round >= 0) samples[i]?.push(ms); // the first five warm the compilers
        }
      const measured = servers.map(({ count }, i) => summarize(nameOf(count), samples[i] ?? []));
      groups.push({ title: `${kind}: ${title}`, reference: nameOf(counts[0] ?? 1), measured });
    }
    return groups;
  } finally {
    for (const { drive } of servers) await drive.close();
  }
}

const nameOf = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`);

async function start(storage: Storage, count: number): Promise<Server> {
  const started = performance.now();
  const drive = await createOneDrive({ storage, ...fleet(count) });
  const ms = performance.now() - started;
  const peakMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
  return { count, drive, seeding: { ...summarize(nameOf(count), [ms]), peakMiB } };
}

/** Milliseconds of processor time of one request: unlike the elapsed time, it does not depend on other processes. */
async function timed(send: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let sent = 0; sent < requestsPerRound; sent++) await send();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / requestsPerRound;
}

function summarize(name: string, times: readonly number[]): Measured {
  return {
    name,
    medianMs: median(times),
    minMs: Math.min(...times),
    peakMiB: undefined,
    cpuSeconds: undefined,
    runs: times.length,
  };
}
