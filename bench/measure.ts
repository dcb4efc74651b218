/**
 * How the programs here measure: whole processes, variants in turn within each round (so that a slow minute of the
 * machine hits all of them), medians over the rounds. Ratios within a run mean something; absolutes from two runs do not.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process to start. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One thing to run again and again. */
export interface Variant {
  readonly name: string;
  /** Prepares the run, outside the measured time, and returns what to run. */
  readonly command: () => Command | Promise<Command>;
  /** Milliseconds of the work alone, if the program reported them: its start is not part of the measurement. */
  readonly elapsed?: (stdout: string) => number;
  /** Runs afterwards, outside the measured time; throws when the work was not done right. */
  readonly verify?: (stdout: string) => void | Promise<void>;
}

/** One run of a process. */
interface Sample {
  readonly ms: number;
  /** Peak resident memory in MiB, where the system tells (Linux). */
  readonly peakMiB: number | undefined;
  /** Seconds of processor time, user and system together, where the system tells (Linux; steps of 10 ms). */
  readonly cpuSeconds: number | undefined;
}

/** What a variant came to. */
export interface Measured {
  readonly name: string;
  readonly medianMs: number;
  readonly minMs: number;
  readonly peakMiB: number | undefined;
  /** Median. */
  readonly cpuSeconds: number | undefined;
  readonly runs: number;
}

/**
 * Runs every variant once per round, in turn.
 * @param warmUp a round that does not count goes before, for servers that get faster as their code is compiled.
 * @throws when a process fails: a failed run is not a measurement.
 */
export async function measure(
  variants: readonly Variant[],
  rounds: number,
  { warmUp = false }: { readonly warmUp?: boolean } = {},
): Promise<Measured[]> {
  if (warmUp) for (const variant of variants) await runOnce(variant);
  const samples = variants.map((): Sample[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, variant] of variants.entries()) samples[i]?.push(await runOnce(variant));
  }
  return variants.map(({ name }, i) => summarize(name, samples[i] ?? []));
}

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function summarize(name: string, samples: readonly Sample[]): Measured {
  const times = samples.map((sample) => sample.ms);
  const peaks = samples.flatMap((sample) => sample.peakMiB ?? []);
  const cpu = samples.flatMap((sample) => sample.cpuSeconds ?? []);
  return {
    name,
    medianMs: median(times),
    minMs: Math.min(...times),
    peakMiB: peaks.length > 0 ? Math.max(...peaks) : undefined,
    cpuSeconds: cpu.length > 0 ? median(cpu) : undefined,
    runs: samples.length,
  };
}

async function runOnce(variant: Variant): Promise<Sample> {
  const { program, args, env } = await variant.command();
  const before = endedChildrenCpu();
  const started = performance.now();
  const child = spawn(program, args, {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  let peakMiB: number | undefined;
  const watch = setInterval(() => (peakMiB = peakOf(child.pid) ?? peakMiB), 20);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const whole = performance.now() - started;
  clearInterval(watch);
  if (code !== 0)
    throw new Error(`${variant.name} exited with ${code}: ${Buffer.concat(errors).toString().trim()}`);
  const stdout = Buffer.concat(output).toString();
  await variant.verify?.(stdout);
  const ms = variant.elapsed?.(stdout) ?? whole;
  const after = endedChildrenCpu();
  const cpuSeconds = before === undefined || after === undefined ? undefined : after - before;
  return { ms, peakMiB, cpuSeconds };
}

/** NODE_EXTRA_CA_CERTS alone costs Node 20 some 40 ms at every start, which is not part of the measurement. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined };
}

/** Seconds of processor time of all children that have ended so far; the kernel counts in hundredths. */
function endedChildrenCpu(): number | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    const [user, system] = [Number(fields[13]), Number(fields[14])];
    return Number.isNaN(user + system) ? undefined : (user + system) / 100;
  } catch {
    return undefined;
  }
}

/** VmHWM: the high-water mark of a process's resident memory. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Math.round(Number(match[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
