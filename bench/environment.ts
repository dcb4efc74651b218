/** What a figure depends on besides the code: every report carries it. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';

/** The machine and the programs of a run. */
export interface Environment {
  readonly date: string;
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  /** Version lines of the reference programs that are installed. */
  readonly curl: string | undefined;
  readonly rclone: string | undefined;
}

/** Reads it all. */
export function environment(): Environment {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    node: process.version,
    system: `${type()} ${release()}`,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    curl: versionOf('curl', '--version'),
    rclone: versionOf('rclone', 'version'),
  };
}

/** The first line that a program prints about itself; undefined where it is not installed. */
function versionOf(program: string, flag: string): string | undefined {
  try {
    return execFileSync(program, [flag], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
      1,
    )[0];
  } catch {
    return undefined;
  }
}
