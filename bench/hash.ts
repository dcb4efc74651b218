/**
 * QuickXorHash beside plain reads of as much memory, in one process: bytes that lie where `borrowHashMemory` put them, and
 * ordinary memory. Once with caches that hold none of it, as a large file finds them, and once with a piece that stays in them.
 */
import { borrowHashMemory, quickXorHash } from '../packages/kit/src/hash/index.ts';
import { type Measured, median } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { absentByte, nativeRead, wasmRead } from './plain-read.ts';
import type { Group, Report } from './report.ts';

const mebibyte = 2 ** 20;
/** Most that can be borrowed: beyond it `borrowHashMemory` gives ordinary memory. */
const mostMebibytes = 32;
/** Read between two passes; many times what the caches of a processor hold. */
const evictedBytes = 256 * mebibyte;
const hotBytes = 256 * 1024;

interface Pass {
  readonly name: string;
  run(): void;
}

interface Timing {
  /** Passes that are timed together. */
  readonly passes: number;
  /** Goes before each of them, outside the time. */
  readonly before: () => void;
}

/** Runs it; `--size` is the MiB of memory, at most 32. */
export async function run(options: BenchOptions): Promise<Report> {
  const bytes = (options.size ?? mostMebibytes) * mebibyte;
  if (!(bytes >= mebibyte && bytes <= mostMebibytes * mebibyte))
    throw new Error(`--size is 1 to ${mostMebibytes} MiB: no more memory can be borrowed.`);
  const rounds = options.rounds ?? 25;
  const large = new Uint8Array(evictedBytes).fill(1);
  const { read } = nativeRead(large);
  return {
    name: 'hash',
    groups: [
      await compare(`${bytes / mebibyte} MiB that no cache holds`, bytes, rounds, {
        passes: 4,
        before: read,
      }),
      await compare(`${hotBytes / 1024} KiB again and again`, hotBytes, rounds, {
        passes: 512,
        before: () => undefined,
      }),
    ],
    notes,
  };
}

const notes = [
  'A ratio of time: 0.9 of the speed of a plain read is 1.11. The plain read XORs 128-bit words in WebAssembly, four at a time, over memory of its own that is as large and holds the same bytes. memchr looks for a byte that is not there, with the widest registers of the processor, in the very memory that is hashed.',
  'Caches are emptied, outside the measured time, by reading 256 MiB of something else.',
];

async function compare(title: string, length: number, rounds: number, timing: Timing): Promise<Group> {
  const plain = await wasmRead(length);
  const borrowed = borrowHashMemory(length);
  const ordinary = new Uint8Array(length);
  for (const bytes of [plain.bytes, borrowed.bytes, ordinary]) fill(bytes);
  const inPlace = quickXorHash();
  const copied = quickXorHash();
  try {
    const measured = measurePasses(
      [
        { name: 'plain read', run: plain.read },
        { name: 'memchr', run: nativeRead(borrowed.bytes).read },
        { name: 'QuickXorHash, borrowed memory', run: () => inPlace.update(borrowed.bytes) },
        { name: 'QuickXorHash, ordinary memory', run: () => copied.update(ordinary) },
      ],
      rounds,
      timing,
    );
    if (inPlace.digest() !== copied.digest()) throw new Error('Two hashes of the same bytes differ.');
    const work = { amount: (length * timing.passes) / 1e6, unit: 'MB' };
    return { title, reference: 'plain read', measured, work };
  } finally {
    borrowed.release();
  }
}

/** Anything but {@link absentByte}. */
function fill(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = (Math.imul(i, 0x9e3779b1) >>> 13) % absentByte;
}

function measurePasses(passes: readonly Pass[], rounds: number, timing: Timing): Measured[] {
  const samples = passes.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    for (const [i, pass] of passes.entries()) {
      const ms = timed(pass, timing);
      if (round >= 0) samples[i]?.push(ms); // the first two warm the compilers
    }
  }
  return passes.map(({ name }, i) => summarize(name, samples[i] ?? []));
}

/** Milliseconds of all passes together. */
function timed(pass: Pass, { passes, before }: Timing): number {
  let ms = 0;
  for (let done = 0; done < passes; done++) {
    before();
    const started = performance.now();
    pass.run();
    ms += performance.now() - started;
  }
  return ms;
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
