/** `serve`: the embedded OneDrive on a port, for other programs. */
import { userFolders } from 'onedrive-kit/config';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import type { Store } from 'onedrive-kit/platform';
import { fileStore } from 'onedrive-kit/platform/node';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { type Served, serveBanner } from '../serving/serve-banner.ts';
import type * as ServingModule from '../serving/server-parts.ts';
import { localFolder } from '../session/local-folder.ts';

export const command = defineCommand({
  name: 'serve',
  group: 'more',
  summary: 'Run an embedded OneDrive that other programs can use',
  description:
    'Speaks Microsoft Graph and its sign-in over HTTP. Its address goes to stdout, how to\npoint programs at it to stderr. Keeps its contents in a folder (the one of --local\nunless --data says otherwise) or, with --memory, nowhere. Ctrl-C stops it.',
  options: [
    { name: 'port', value: 'PORT', default: '8080', description: 'port to listen on; 0 takes a free one' },
    {
      name: 'host',
      value: 'HOST',
      default: '127.0.0.1',
      description: 'address to listen on: other machines reach it only if this says so',
    },
    {
      name: 'allow-host',
      value: 'NAME',
      repeat: true,
      description: 'a further host name that requests may use; the names of this machine are allowed',
    },
    {
      name: 'cors',
      value: 'ORIGIN',
      repeat: true,
      description: 'an origin whose web pages may use the server; those of this machine may',
    },
    { name: 'memory', description: 'keep nothing: the contents are gone when it stops' },
    {
      name: 'seed',
      value: 'FILE',
      description: 'what a new server starts with: YAML with accounts, sites and files, or a folder',
    },
    { name: 'faults', value: 'FILE', description: 'what goes wrong: YAML with a fault plan' },
    {
      name: 'quirks',
      value: 'NAMES',
      description: 'what the live service does against its documents, by name, with commas',
    },
    { name: 'tls', description: 'speak HTTPS, with a certificate of its own authority' },
    {
      name: 'intercept',
      description: "be an HTTPS proxy that answers as Microsoft's hosts and refuses all others",
    },
    { name: 'ca', description: 'print the file that clients have to trust, made on first use, and stop' },
    {
      name: 'replay',
      value: 'FILE',
      description: 'play back what `doctor --bundle` wrote, and nothing else',
    },
    {
      name: 'kind',
      value: 'KIND',
      choices: ['personal', 'business'],
      default: 'personal',
      description: 'what a new drive is',
    },
  ],
  examples: [
    { line: 'serve', note: 'the drive of --local, at http://127.0.0.1:8080' },
    { line: 'serve --memory --port 0', note: 'an empty one, on a free port' },
    { line: 'serve --memory --seed seed.yaml --intercept', note: 'for programs that are not to know' },
    { line: 'serve --kind business --data ./drive', note: 'a business drive kept in ./drive' },
  ],
  async run(context, _, options) {
    const port = portOf(options.port);
    if (options.replay !== undefined) {
      const { serveReplay } = await import('../serving/serve-replay.ts');
      return serveReplay(context, options.replay, {
        port,
        host: options.host,
        allowHosts: options['allow-host'],
      });
    }
    if (options.memory && context.flags.data !== undefined) {
      throw new OneDriveError('usage', '--memory and --data cannot be used together: the one keeps nothing.');
    }
    const serving = await import('../serving/server-parts.ts');
    const authority = { folder: pathOf(context).join(userFolders(context).data, 'authority') };
    const store = fileStore(context.fs, authority.folder);
    const ca = pathOf(context).join(authority.folder, serving.authorityRecords.certificate);
    if (options.ca) {
      await serving.openAuthority(store, context);
      return context.streams.stdout.write(`${ca}\n`);
    }
    const server = await start(context, { ...options, port, store }, serving);
    try {
      const secure = options.tls || options.intercept;
      const { tls, intercept } = options;
      await announce({ url: server.url, tls, intercept, ca: secure ? ca : undefined }, context);
      await aborted(context.signal);
      await context.note('Stopping.');
    } finally {
      await server.close();
    }
  },
});

interface Wanted {
  readonly port: number;
  readonly host: string;
  readonly 'allow-host': readonly string[];
  readonly cors: readonly string[];
  readonly memory: boolean;
  readonly kind: string;
  readonly seed: string | undefined;
  readonly faults: string | undefined;
  readonly quirks: string | undefined;
  readonly tls: boolean;
  readonly intercept: boolean;
  readonly store: Store;
}

type Serving = typeof ServingModule;

async function start(context: Context, wanted: Wanted, serving: Serving) {
  const { clock, random, fs } = context;
  const read = <T>(typed: string | undefined, what: string, reader: (path: string) => Promise<T>) =>
    typed === undefined ? undefined : readable(reader(context.localPath(typed)), what, typed);
  const seed = await read(wanted.seed, 'seed', (path) => serving.seedFile(path, fs));
  const faults = await read(wanted.faults, 'fault plan', (path) => serving.faultFile(path, fs));
  const typed = wanted.quirks;
  const quirks = typed === undefined ? undefined : told(() => serving.readQuirks(typed));
  const { files, ...more } = seed ?? {};
  const storage = wanted.memory
    ? {}
    : { storage: await serving.localStorage(localFolder(context.flags, context)) };
  return serving
    .startOneDrive({
      kind: wanted.kind === 'business' ? 'business' : 'personal',
      ...more,
      ...(files && { seed: files }),
      ...(faults && { faults }),
      ...(quirks && { settings: { quirks } }),
      ...storage,
      ...{ clock, random, port: wanted.port, host: wanted.host },
      allowHosts: wanted['allow-host'],
      cors: told(() => serving.readOrigins(wanted.cors)),
      ...{ tls: wanted.tls, intercept: wanted.intercept, authority: wanted.store },
      onRefused: (target) => void context.note(`Refused: ${target}`).catch(() => undefined),
    })
    .catch((error: unknown) => refused(error, wanted));
}

/** @throws OneDriveError `usage` in the words of what `read` throws. */
function told<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new OneDriveError('usage', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** @throws OneDriveError `usage` with the file and the problem in it, `local-file` where it cannot be read. */
async function readable<T>(reading: Promise<T>, what: string, typed: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const local = localError(error, 'read', `the ${what} ${typed}`);
    if (isOneDriveError(local)) throw local;
    const why = error instanceof Error ? error.message : String(error);
    throw new OneDriveError('usage', `The ${what} in ${typed} cannot be used. ${why}`, { cause: error });
  }
}

/** @throws OneDriveError `usage`. */
function portOf(typed: string): number {
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65535) return Number(typed);
  throw new OneDriveError('usage', `"${typed}" is not a port: a number from 0 to 65535 was expected.`);
}

/** @throws OneDriveError `usage` in words for what the system says of an address, anything else as it is. */
function refused(error: unknown, { port, host }: Pick<Wanted, 'port' | 'host'>): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${String(port)} on ${host} is in use by another program.`,
    EACCES: `Permission denied to listen on port ${String(port)} of ${host}.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine.`,
    ENOTFOUND: `${host} is not an address of this machine.`,
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  if (reason === undefined) throw error;
  throw new OneDriveError('usage', reason, {
    cause: error,
    hint: 'Use --port 0 for a free port, --host for another address.',
  });
}

async function announce(served: Served, context: Context): Promise<void> {
  const { url, ca } = served;
  const told = { url, graph: `${url}/v1.0`, authority: url, ...(ca === undefined ? {} : { ca }) };
  if (context.flags.json) await context.print(told);
  else await context.streams.stdout.write(`${url}\n`);
  for (const line of serveBanner(served)) await context.note(line);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
