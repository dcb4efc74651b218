/** `onedrive-cli` in this process, against an embedded account, with a service and a file system that can misbehave. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../packages/cli/src/run.ts';
import type { World } from '../../packages/cli/src/world.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../packages/kit/src/http/transport.ts';
import type { FileSystem } from '../../packages/kit/src/platform/file-system.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';

/** What takes the place of a response of the service; undefined: the real one. */
export type Lie = (
  request: HttpRequest,
  next: () => Promise<HttpResponse>,
) => HttpResponse | Promise<HttpResponse> | undefined;

export interface RunOptions {
  readonly lie?: Lie;
  readonly fs?: FileSystem;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array;
  /** The bytes of the command line. Default: the words in UTF-8. */
  readonly rawArguments?: readonly Uint8Array[];
}

export interface RunResult {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  readonly server: EmbeddedOneDrive;
  /** The working folder. */
  readonly folder: string;
  /** The home folder. */
  readonly home: string;
  /** Runs words that are split at spaces, or a list of words. */
  run(words: string | readonly string[], options?: RunOptions): Promise<RunResult>;
  close(): Promise<void>;
}

export async function commandLine(options: OneDriveOptions = {}): Promise<CommandLine> {
  const root = await mkdtemp(join(tmpdir(), 'command-line-'));
  const [folder, home] = [join(root, 'here'), join(root, 'home')];
  await Promise.all([mkdir(folder), mkdir(home)]);
  const server = await createOneDrive({ random: seededRandom(1), ...options });
  const transport = handlerTransport(server.handler);
  const env = { ONEDRIVE_TOKEN: server.token(), NO_COLOR: '1', TERM: 'dumb' };
  return {
    ...{ server, folder, home },
    async run(words, { lie, fs = nodeFileSystem, env: more, stdin, rawArguments } = {}) {
      const list = typeof words === 'string' ? words.split(' ') : words;
      const [out, err] = [output(), output()];
      const world: World = {
        streams: {
          stdin: { isTTY: false, bytes: () => chunks(stdin) },
          stdout: out.output,
          stderr: err.output,
        },
        ...{ fs, home, cwd: folder, temporary: root, env: { ...env, ...more }, platform: process.platform },
        ...{ clock: skippingClock(), random: seededRandom(7), signal: new AbortController().signal },
        rawArguments: async () => rawArguments ?? list.map((word) => new TextEncoder().encode(word)),
        openBrowser: async () => false,
        wrapTransport: (inner) => lying(list.includes('--local') ? inner : transport, lie),
      };
      const status = await run(list, world);
      return { status, out: out.text(), err: err.text().replaceAll(root, '') };
    },
    async close() {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function lying(transport: Transport, lie: Lie | undefined): Transport {
  return async (request) => (await lie?.(request, () => transport(request))) ?? (await transport(request));
}

/** A response with this body, as JSON unless it is text. */
export function response(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: chunks(new TextEncoder().encode(text)),
  };
}

async function* chunks(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (bytes !== undefined && bytes.byteLength > 0) yield bytes;
}

/** A clock on which waiting takes no time. */
function skippingClock() {
  let now = Date.UTC(2026, 0, 15, 12);
  return {
    now: () => now,
    sleep: async (ms: number, { signal }: { readonly signal?: AbortSignal | undefined } = {}) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

function output() {
  const written: Buffer[] = [];
  return {
    output: {
      isTTY: false,
      columns: undefined,
      write: async (text: string | Uint8Array) => void written.push(Buffer.from(text as string)),
    },
    text: () => Buffer.concat(written).toString('utf8'),
  };
}
