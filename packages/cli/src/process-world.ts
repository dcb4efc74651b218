/** The world of a real process: its streams, folders and signals. `main.ts` passes the process; nothing here is global. */
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import { homeFolder } from 'onedrive-kit/internal/platform/node/home-folder';
import { systemClock, systemRandom } from 'onedrive-kit/platform';
import { nodeFileSystem } from 'onedrive-kit/platform/node';
import { Interrupted, OutputClosed } from './errors.ts';
import { lazy } from './lazy.ts';
import type { Output, Streams } from './streams.ts';
import type { World } from './world.ts';

/** Creates the world of a process. Call it once, because it listens for signals. */
export function processWorld(host: NodeJS.Process): World {
  const streams = processStreams(host);
  return {
    streams,
    clock: systemClock,
    random: systemRandom,
    fs: nodeFileSystem,
    env: host.env,
    cwd: host.cwd(),
    home: homeFolder(),
    temporary: tmpdir(),
    platform: host.platform,
    nodeVersion: host.version,
    signal: interruptSignal(host, streams.stderr),
    rawArguments: () => rawArguments(host),
    openBrowser,
    runEditor,
    keyStore: lazy(async () => {
      const { systemKeyStore } = await import('onedrive-kit/internal/platform/node/system-key-store');
      return systemKeyStore(host.platform);
    }),
  };
}

/** Exits the process; all output has been flushed, because every write was awaited. */
export function exitProcess(host: NodeJS.Process, exitCode: number): void {
  host.exit(exitCode);
}

/** Aborted by the first Ctrl-C (or SIGTERM), for a clean end; the second one exits immediately. */
function interruptSignal(host: NodeJS.Process, stderr: Output): AbortSignal {
  const controller = new AbortController();
  const on = (name: 'SIGINT' | 'SIGTERM', exitCode: number): void => {
    host.on(name, () => {
      if (controller.signal.aborted) host.exit(exitCode);
      controller.abort(new Interrupted(exitCode));
      if (stderr.isTTY) void stderr.write('\n').catch(() => undefined);
    });
  };
  on('SIGINT', 130);
  on('SIGTERM', 143);
  return controller.signal;
}

function processStreams(host: NodeJS.Process): Streams {
  return {
    stdin: {
      get isTTY() {
        return host.stdin.isTTY;
      },
      bytes: () => host.stdin as Readable,
    },
    stdout: output('standard output', () => host.stdout),
    stderr: output('standard error', () => host.stderr),
  };
}

/** An output that opens its stream on first use. */
function output(name: string, open: () => Writable & { isTTY?: boolean; columns?: number }): Output {
  let stream: ReturnType<typeof open> | undefined;
  const get = (): ReturnType<typeof open> => {
    if (stream === undefined) {
      stream = open();
      stream.on('error', () => {}); // every write reports its own failure
    }
    return stream;
  };
  return {
    get isTTY() {
      return get().isTTY === true;
    },
    get columns() {
      return get().columns || undefined; // a terminal of unknown size reports 0
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        get().write(text, (error) => {
          if (!error) resolve();
          else
            reject(
              'code' in error && error.code === 'EPIPE'
                ? new OutputClosed()
                : localError(error, 'write to', name),
            );
        });
      }),
  };
}

async function rawArguments(host: NodeJS.Process): Promise<readonly Uint8Array[] | undefined> {
  if (host.platform !== 'linux') return undefined;
  const line = await readFile('/proc/self/cmdline').catch(() => undefined);
  if (line === undefined) return undefined;
  const words: Uint8Array[] = [];
  for (let at = 0; at < line.length; ) {
    const end = line.indexOf(0, at);
    words.push(line.subarray(at, end === -1 ? line.length : end));
    at = (end === -1 ? line.length : end) + 1;
  }
  return words.slice(words.length - (host.argv.length - 2));
}

async function runEditor(editor: string, path: string): Promise<number> {
  const { spawn } = await import('node:child_process');
  const [program = 'vi', ...words] = editor.split(' ').filter(Boolean);
  const child = spawn(program, [...words, path], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
}

async function openBrowser(url: string): Promise<boolean> {
  const { default: open } = await import('open');
  try {
    // Resolves once the browser has started; it is not awaited further.
    await open(url);
    return true;
  } catch {
    return false;
  }
}
