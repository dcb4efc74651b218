/** How long `onedrive-cli` takes to start, beside bare node: `--version` at most 1.2 times, `--help` at most 1.5 times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, type Variant } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { Report } from './report.ts';

/** Runs it. */
export async function run(options: BenchOptions): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'onedrive-kit-start-'));
  const env = { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') };
  const cli = join(options.root, 'packages/cli/dist/main.cjs');
  const node = (name: string, ...args: string[]): Variant => ({
    name,
    command: () => ({ program: process.execPath, args, env }),
  });
  const variants = [
    node('node -e 0', '-e', '0'),
    node('onedrive-cli --version', cli, '--version'),
    node('onedrive-cli --help', cli, '--help'),
    node('onedrive-cli --local ls', cli, '--local', 'ls'),
    ...(options.has('curl')
      ? [{ name: 'curl --version', command: () => ({ program: 'curl', args: ['--version'] }) }]
      : []),
    ...(options.has('rclone')
      ? [{ name: 'rclone version', command: () => ({ program: 'rclone', args: ['version'] }) }]
      : []),
  ];
  try {
    await measure(variants, 2); // makes the drive, and warms the page cache
    const measured = await measure(variants, options.rounds ?? 25);
    return { name: 'start', groups: [{ title: 'start-up', reference: 'node -e 0', measured }] };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
