/** `onedrive-cli` in this process, on real sockets and a folder of its own, with a person, a browser and a key store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupted } from '../../packages/cli/src/errors.ts';
import { run } from '../../packages/cli/src/run.ts';
import type { World } from '../../packages/cli/src/world.ts';
import type { FileSystem } from '../../packages/kit/src/platform/file-system.ts';
import type { KeyStore } from '../../packages/kit/src/platform/key-store.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { systemClock } from '../../packages/kit/src/platform/web/system-clock.ts';
import { systemRandom } from '../../packages/kit/src/platform/web/system-random.ts';

export interface Person {
  /** What is typed or piped in. Absent: nothing, the end at once. */
  readonly stdin?: string;
  readonly isTTY?: boolean;
  readonly browser?: (url: string) => Promise<boolean>;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that the clock of this machine is off. */
  readonly clockOff?: number;
  readonly nodeVersion?: string;
  /** Whatever waits by the clock, such as for another attempt, waits no time. */
  readonly hurried?: true;
  readonly fs?: FileSystem;
  readonly lookup?: World['lookup'];
  readonly runEditor?: World['runEditor'];
}

export interface Terminal {
  readonly folder: string;
  readonly config: string;
  /** Everything that any command has printed. */
  said(): string;
  type(
    words: readonly string[],
    person?: Person,
  ): Promise<{ status: number; stdout: string; stderr: string }>;
  /** A command that runs until it is stopped. */
  begin(words: readonly string[], person?: Person): Promise<Begun>;
  remove(): Promise<void>;
}

export interface Begun {
  /** Its first line on stdout. */
  readonly firstLine: string;
  /** Interrupts it, as Ctrl-C does. */
  stop(): Promise<{ status: number; stderr: string }>;
}

/** A terminal with nothing configured. */
export async function terminal(keys?: KeyStore): Promise<Terminal> {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
  const config = join(folder, 'c.yaml');
  let all = '';
  return {
    folder,
    config,
    said: () => all,
    async type(words, person = {}) {
      const [stdout, stderr]: [string[], string[]] = [[], []];
      const status = await run(words, worldOf(folder, person, keys, [stdout, stderr]));
      all += stdout.join('') + stderr.join('');
      return { status, stdout: stdout.join(''), stderr: stderr.join('') };
    },
    async begin(words, person = {}) {
      const [stdout, stderr]: [string[], string[]] = [[], []];
      const controller = new AbortController();
      const world = worldOf(folder, person, keys, [stdout, stderr], controller.signal);
      let told = (): void => undefined;
      const spoken = new Promise<void>((resolve) => (told = resolve));
      const { stdout: screen } = world.streams;
      const write = async (text: string | Uint8Array) => {
        await screen.write(text);
        told();
      };
      const streams = { ...world.streams, stdout: { ...screen, write } };
      const ended = run(words, { ...world, streams });
      await Promise.race([spoken, ended]);
      return {
        firstLine: stdout.join('').split('\n')[0] ?? '',
        async stop() {
          controller.abort(new Interrupted(130));
          return { status: await ended, stderr: stderr.join('') };
        },
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function worldOf(
  folder: string,
  person: Person,
  keys: KeyStore | undefined,
  [stdout, stderr]: [string[], string[]],
  signal: AbortSignal = new AbortController().signal,
): World {
  const output = (parts: string[]) => ({
    isTTY: false,
    columns: undefined,
    write: async (text: string | Uint8Array) => void parts.push(Buffer.from(text as string).toString()),
  });
  const off = person.clockOff ?? 0;
  return {
    streams: {
      stdin: { isTTY: person.isTTY ?? false, bytes: () => typed(person.stdin) },
      stdout: output(stdout),
      stderr: output(stderr),
    },
    clock: {
      ...systemClock,
      now: () => systemClock.now() + off,
      ...(person.hurried && { sleep: async () => undefined }),
    },
    random: systemRandom,
    fs: person.fs ?? nodeFileSystem,
    env: { DISPLAY: ':0', ONEDRIVE_CONFIG: join(folder, 'c.yaml'), ...person.env },
    cwd: folder,
    home: folder,
    temporary: folder,
    platform: 'linux',
    nodeVersion: person.nodeVersion ?? process.version,
    signal,
    rawArguments: async () => undefined,
    openBrowser: person.browser ?? (async () => false),
    keyStore: async () => keys,
    runEditor: person.runEditor,
    lookup: person.lookup,
  };
}

async function* typed(text: string | undefined): AsyncGenerator<Uint8Array> {
  if (text !== undefined) yield new TextEncoder().encode(text);
}

/** A browser whose account consents by itself (`autoConsent`): goes where it is sent, to the end. */
export const wholeSignIn = async (url: string): Promise<boolean> => {
  const answer = await fetch(url, { redirect: 'manual' });
  await (await fetch(answer.headers.get('location') ?? '')).text();
  return true;
};
