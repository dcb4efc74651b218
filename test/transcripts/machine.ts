/**
 * The machine that a transcript runs on: a home folder of its own on disk, a clock that waiting moves on, a network
 * that can be made to misbehave, and an `onedrive-cli` that runs in this process.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Interrupted, OutputClosed } from '../../packages/cli/src/errors.ts';
import { run } from '../../packages/cli/src/run.ts';
import type { World } from '../../packages/cli/src/world.ts';
import { handlerTransport } from '../../packages/kit/src/http/handler-transport.ts';
import type { Transport } from '../../packages/kit/src/http/transport.ts';
import type { Clock } from '../../packages/kit/src/platform/clock.ts';
import type { FileSystem } from '../../packages/kit/src/platform/file-system.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import { nodeFileSystem } from '../../packages/kit/src/platform/node/node-file-system.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { judgedRequests } from '../contract-openapi/judged-requests.ts';
import { type Fault, faultyNetwork } from './faulty-network.ts';
import { splitWords } from './script.ts';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Machine {
  type(command: string): Promise<Result>;
  remove(): Promise<void>;
}

interface State {
  readonly root: string;
  readonly work: string;
  readonly env: Record<string, string | undefined>;
  readonly clock: Clock;
  readonly account: Account | undefined;
  /** `@terminal yes`: stdout and stderr are a terminal, without colours. */
  readonly terminal: boolean;
  fault: Fault | undefined;
  /** A folder in which nothing can be written, even by root. */
  readOnly: string | undefined;
}

/** Makes the folders. `@api live-v5` speaks that wire in every command, as a profile can say. */
export async function startMachine(directives: Readonly<Record<string, string>>): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), 'transcript-'));
  const work = join(root, 'here');
  await mkdir(work);
  const clock = skippingClock();
  const account = await accountFor(directives['account'], clock);
  const state: State = {
    root,
    work,
    env: { ...account?.env, ONEDRIVE_API: directives['api'], NO_COLOR: '1', TERM: 'dumb' },
    clock,
    account,
    terminal: directives['terminal'] === 'yes',
    fault: undefined,
    readOnly: undefined,
  };
  return {
    type: (command) => type(command, state),
    remove: async () => {
      await account?.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A site with a library. */
const team = {
  path: 'sites/team',
  displayName: 'Team',
  group: 'team@contoso.onmicrosoft.com',
  libraries: [{ name: 'Documents' }, { name: 'Plans', files: { 'plan.txt': 'the plan' } }],
};

interface Account {
  readonly env: Readonly<Record<string, string>>;
  readonly transport: Transport;
  close(): Promise<void>;
}

/**
 * `@account personal` or `@account business`: a OneDrive somewhere else, whose clock is an hour ahead, reached over
 * what stands for the network, with a OneNote notebook in it and room for 1 MiB.
 */
async function accountFor(kind: string | undefined, clock: Clock): Promise<Account | undefined> {
  if (kind !== 'personal' && kind !== 'business') return undefined;
  const hour = 3_600_000;
  const server = await createOneDrive({
    clock: { ...clock, now: () => clock.now() + hour },
    random: seededRandom(1),
    kind,
    accounts: [
      { kind, drive: { total: 1 << 20, files: { Notebook: { package: 'oneNote' } } } },
      ...(kind === 'business'
        ? [{ kind: 'business' as const, userPrincipalName: 'bo@contoso.onmicrosoft.com', displayName: 'Bo' }]
        : []),
    ],
    ...(kind === 'business' ? { sites: [team] } : {}),
  });
  return {
    env: { ONEDRIVE_TOKEN: server.token() },
    transport: handlerTransport(server.handler),
    close: () => server.close(),
  };
}

/** A clock on which waiting takes no time. */
function skippingClock(): Clock {
  let now = Date.UTC(2026, 0, 15, 12);
  return {
    now: () => now,
    sleep: async (ms, { signal } = {}) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

async function type(command: string, state: State): Promise<Result> {
  const words = splitWords(command);
  const stdin = redirect(words, '<');
  const stdout = redirect(words, '>');
  const [name = '', ...rest] = words;
  const result =
    name === 'onedrive-cli'
      ? await cli(rest, stdin === undefined ? undefined : resolve(state.work, stdin), {
          ...state,
          terminal: state.terminal && stdout === undefined,
        })
      : await builtin(name, rest, state);
  if (stdout === undefined) return result;
  await writeFile(resolve(state.work, stdout), result.stdout, 'latin1');
  return { ...result, stdout: '' };
}

/** Takes `< FILE` or `> FILE` off the end of the words. */
function redirect(words: string[], sign: '<' | '>'): string | undefined {
  const at = words.lastIndexOf(sign);
  return at === -1 ? undefined : words.splice(at, 2)[1];
}

async function cli(words: readonly string[], stdin: string | undefined, state: State): Promise<Result> {
  const out = capture(state.env['STDOUT_CLOSED'] !== undefined, state.terminal);
  const err = capture(false, state.terminal);
  const controller = new AbortController();
  const local = words.includes('--local');
  // `api` sends whatever a person types.
  const judge = words.includes('api') ? (inner: Transport) => inner : judgedRequests();
  const network = faultyNetwork(state.fault, () => controller.abort(new Interrupted()));
  const world: World = {
    streams: {
      stdin: { isTTY: false, bytes: () => fileBytes(stdin) },
      stdout: out.output,
      stderr: err.output,
    },
    clock: state.clock,
    random: seededRandom(words.join(' ').length),
    fs: withReadOnly(state),
    env: state.env,
    cwd: state.work,
    home: join(state.root, 'home'),
    temporary: state.root,
    platform: process.platform,
    signal: controller.signal,
    rawArguments: async () => words.map((word) => new TextEncoder().encode(word)),
    openBrowser: async () => false,
    ...editorOf(state.env['EDITOR']),
    wrapTransport: (inner) => network(judge(local ? inner : (state.account?.transport ?? inner))),
  };
  const status = await run(words, world);
  return { status, stdout: out.text(), stderr: err.text().replaceAll(state.root, '/machine') };
}

/** An editor that writes its own name, and nothing else, into the file. */
function editorOf(name: string | undefined): Pick<World, 'runEditor'> {
  if (name === undefined) return {};
  return {
    runEditor: async (editor, path) => {
      await writeFile(path, editor);
      return 0;
    },
  };
}

function withReadOnly({ readOnly }: State): FileSystem {
  if (readOnly === undefined) return nodeFileSystem;
  const open: FileSystem['open'] = async (path, flags, mode) => {
    if (flags === 'r' || !path.startsWith(`${readOnly}/`)) return nodeFileSystem.open(path, flags, mode);
    throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS', syscall: 'open', path });
  };
  return { ...nodeFileSystem, open };
}

async function* fileBytes(path: string | undefined): AsyncGenerator<Uint8Array> {
  if (path !== undefined) yield await readFile(path);
}

function capture(closed: boolean, isTTY: boolean) {
  const chunks: Buffer[] = [];
  return {
    output: {
      isTTY,
      columns: undefined,
      write: async (text: string | Uint8Array) => {
        if (closed) throw new OutputClosed();
        chunks.push(Buffer.from(text as string));
      },
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

const done = { status: 0, stdout: '', stderr: '' };

type Builtin = (words: readonly string[], state: State) => Promise<Result>;

/** What a transcript may type beside `onedrive-cli`. Paths are below the working folder. */
const builtins: Readonly<Record<string, Builtin>> = {
  /** `write FILE TEXT`; `write FILE TEXT N` repeats the text N times. */
  write: async ([file = '', text = '', times = '1'], { work }) => {
    await mkdir(dirname(resolve(work, file)), { recursive: true });
    await writeFile(resolve(work, file), text.replaceAll('\\n', '\n').repeat(Number(times)));
    return done;
  },
  cat: async ([file = ''], { work }) => ({ ...done, stdout: await readFile(resolve(work, file), 'utf8') }),
  files: async ([folder = '.'], { work }) => {
    const names = (await readdir(resolve(work, folder))).sort();
    return { ...done, stdout: names.map((name) => `${name}\n`).join('') };
  },
  folder: async ([folder = ''], { work }) => {
    await mkdir(resolve(work, folder), { recursive: true });
    return done;
  },
  /** `read-only FOLDER` makes a folder that cannot be written in. */
  'read-only': async ([folder = ''], state) => {
    state.readOnly = resolve(state.work, folder);
    await mkdir(state.readOnly);
    return done;
  },
  /** `same A B`: compares byte for byte; 2 where one is missing, as `cmp` says. */
  same: async ([a = '', b = ''], { work }) => {
    const [one, other] = await Promise.all(
      [a, b].map((name) => readFile(resolve(work, name)).catch(() => null)),
    );
    if (one == null || other == null) return { ...done, status: 2 };
    return { ...done, status: one.equals(other) ? 0 : 1 };
  },
  /** The real ones. */
  sha1sum: async (words, { work }) => spawned('sha1sum', words, work),
  sha256sum: async (words, { work }) => spawned('sha256sum', words, work),
  /** `network KIND [NTH [TIMES]]`: from the NTH request of each following command on; `network fine` ends it. */
  network: async ([kind = '', nth = '1', times = 'Infinity'], state) => {
    state.fault = kind === 'fine' ? undefined : { kind, nth: Number(nth), times: Number(times) };
    return done;
  },
  /** `set NAME VALUE` in the environment; no value takes it out. */
  set: async ([name = '', value], { env }) => {
    env[name] = value;
    return done;
  },
};

function spawned(program: string, words: readonly string[], cwd: string): Result {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd, encoding: 'utf8' });
  return { status: status ?? 1, stdout, stderr };
}

async function builtin(name: string, words: readonly string[], state: State): Promise<Result> {
  const act = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (act === undefined) throw new Error(`a transcript cannot type ${name}`);
  return act(words, state);
}
