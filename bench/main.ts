/** `npm run bench -- NAME [--json] [--rounds N] [--size N] [--latency MS] [--tls]`: runs one benchmark and prints what it found. */
import { parseArgs } from 'node:util';
import { environment } from './environment.ts';
import type { BenchOptions } from './options.ts';
import { formatTable, type Report, toJson } from './report.ts';

const benchmarks: Record<string, () => Promise<{ run(options: BenchOptions): Promise<Report> }>> = {
  start: () => import('./start.ts'),
  list: () => import('./list.ts'),
  tree: () => import('./tree.ts'),
  subtree: () => import('./subtree.ts'),
  transfer: () => import('./transfer.ts'),
  'small-files': () => import('./small-files.ts'),
  server: () => import('./server.ts'),
  accounts: () => import('./accounts.ts'),
  streams: () => import('./streams.ts'),
  delta: () => import('./delta.ts'),
  hash: () => import('./hash.ts'),
};

/** Runs the command line; `root` is the folder of the package. Returns the exit code. */
export async function main(argv: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      rounds: { type: 'string' },
      size: { type: 'string' },
      latency: { type: 'string' },
      tls: { type: 'boolean' },
    },
  });
  const load = benchmarks[positionals[0] ?? ''];
  if (load === undefined) {
    console.error(
      `usage: npm run bench -- NAME [--json] [--rounds N] [--size N] [--latency MS] [--tls]; NAME is one of ${Object.keys(benchmarks).join(', ')}`,
    );
    return 2;
  }
  const machine = environment();
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const report = await (await load()).run({
    root,
    rounds: number(values.rounds),
    size: number(values.size),
    latency: number(values.latency) ?? 0,
    tls: values.tls === true,
    has: (program) => machine[program] !== undefined,
  });
  console.log(values.json ? JSON.stringify(toJson(report, machine), null, 2) : formatTable(report, machine));
  return 0;
}
