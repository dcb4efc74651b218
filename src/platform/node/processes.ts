/** Does the process that took a lock still run? Linux can tell exactly; elsewhere a number may be in use again. */
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Holder } from './lock-record.ts';

export interface Processes {
  /** This process. */
  self(): Promise<Holder>;
  /** `unknown`: another machine, or a live process of that number which may be a later one. */
  lifeOf(holder: Holder): Promise<'alive' | 'dead' | 'unknown'>;
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
};

async function lookAtSelf(): Promise<Holder> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  const place = [hostname(), boot.trim(), namespace].filter(Boolean).join(' ');
  return { place, pid: process.pid, started: await startOf('self') };
}

/** Field 22 of /proc/PID/stat, clock ticks since boot (proc(5)); the name in field 2 may hold spaces and brackets. */
async function startOf(pid: string): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
