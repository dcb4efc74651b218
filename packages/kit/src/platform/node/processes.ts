/**
 * Checks whether the process that holds a lock still runs. Linux has exact information; on other systems the
 * number may have been reused.
 */
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Holder } from './lock-record.ts';

export interface Processes {
  /** This process. */
  self(): Promise<Holder>;
  /** `unknown`: another machine, or a live process with that number that may be a later one. */
  lifeOf(holder: Holder): Promise<'alive' | 'dead' | 'unknown'>;
  /** The command of a process of this machine, if the system provides it (Linux). */
  look?(holder: Holder): Promise<ProcessLook>;
}

/** Information about a process. */
export interface ProcessLook {
  /** The program and the first words of its command line: `onedrive-cli put`. */
  readonly command?: string | undefined;
  /** Suspended by Ctrl-Z or a stop signal: it neither works nor releases anything. */
  readonly stopped: boolean;
}

let here: Promise<Holder> | undefined;

/** The processes of this machine. */
export const systemProcesses: Processes = {
  self: () => (here ??= lookAtSelf()),
  async lifeOf(holder) {
    const self = await systemProcesses.self();
    if (holder.place !== self.place) return 'unknown';
    if (holder.pid === self.pid && holder.started === self.started) return 'alive';
    if (!runs(holder.pid)) return 'dead';
    const started = await startOf(String(holder.pid));
    if (holder.started === undefined || started === undefined) return 'unknown';
    return holder.started === started ? 'alive' : 'dead';
  },
  async look({ place, pid }) {
    if (place !== (await systemProcesses.self()).place) return { stopped: false };
    const [state] = await statOf(String(pid));
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return { command: commandOf(line.split('\0')), stopped: state === 'T' || state === 't' };
  },
};

async function lookAtSelf(): Promise<Holder> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  const place = [hostname(), boot.trim(), namespace].filter(Boolean).join(' ');
  return { place, pid: process.pid, started: await startOf('self') };
}

/** Field 22 of /proc/PID/stat, clock ticks since boot (proc(5)). */
async function startOf(pid: string): Promise<string | undefined> {
  return (await statOf(pid))[19];
}

/** The fields of /proc/PID/stat from the third on; the name in field 2 may contain spaces and brackets. */
async function statOf(pid: string): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Without options, values and addresses, any of which may be a secret. */
export function commandOf(words: readonly string[]): string | undefined {
  const [program = '', script = ''] = words;
  const interpreted = /(^|[/\\])node(\.exe)?$/.test(program) && script !== '';
  const name = (interpreted ? script : program).split(/[/\\]/).at(-1);
  const rest = words.slice(interpreted ? 2 : 1);
  const first = rest.find((word) => /^[a-z_]{1,16}$/.test(word));
  return name ? [name, ...(first === undefined ? [] : [first])].join(' ') : undefined;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
