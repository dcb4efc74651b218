/** `serve`: runs the embedded server on a port, for other programs. */
import { userFolders } from 'onedrive-kit/config';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { localError } from 'onedrive-kit/internal/drive/transfer/local-error';
import type { Store } from 'onedrive-kit/platform';
import { fileStore } from 'onedrive-kit/platform/node';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { type ServerInfo, serveBanner } from '../serving/serve-banner.ts';
import type * as ServingModule from '../serving/server-parts.ts';
import { localFolder } from '../session/local-folder.ts';

export const command = defineCommand({
  name: 'serve',
  group: 'more',
  summary: 'Run an embedded OneDrive server for other programs',
  description:
    'Serves the Microsoft Graph API, the Live v5.0 API and their sign-in over HTTP. Prints\nits address to stdout, and how to use it in other programs to stderr. Stores its data\nin a folder (--data; default: the folder of --local), or only in memory with --memory.\nPress Ctrl-C to stop it.',
  options: [
    { name: 'port', value: 'PORT', default: '8080', description: 'port to listen on; 0 = any free port' },
    {
      name: 'host',
      value: 'HOST',
      default: '127.0.0.1',
      description: 'address to listen on; the default accepts only this machine',
    },
    {
      name: 'allow-host',
      value: 'NAME',
      repeat: true,
      description: 'accept requests for this host name too, besides the names of this machine',
    },
    {
      name: 'cors',
      value: 'ORIGIN',
      repeat: true,
      description: 'accept requests from web pages of this origin too, besides those of this machine',
    },
    { name: 'memory', description: 'store data only in memory: it is lost when the server stops' },
    {
      name: 'seed',
      value: 'FILE',
      description: 'fill a new server from a folder, or from YAML with accounts, sites and files',
    },
    { name: 'faults', value: 'FILE', description: 'inject faults as described in a YAML fault plan' },
    {
      name: 'quirks',
      value: 'NAMES',
      description: 'emulate these undocumented behaviors of the live service (comma-separated names)',
    },
    { name: 'tls', description: 'use HTTPS, with a certificate from a local certificate authority' },
    {
      name: 'intercept',
      description: "act as an HTTPS proxy that serves Microsoft's host names and refuses all others",
    },
    { name: 'ca', description: 'print the path of the certificate that clients must trust, and exit' },
    {
      name: 'replay',
      value: 'FILE',
      description: 'serve only the responses recorded by `doctor --bundle`',
    },
    {
      name: 'kind',
      value: 'KIND',
      choices: ['personal', 'business'],
      default: 'personal',
      description: 'type of a new drive',
    },
  ],
  examples: [
    { line: 'serve', note: 'serve the --local drive at http://127.0.0.1:8080' },
    { line: 'serve --memory --port 0', note: 'serve an empty drive on a free port' },
    {
      line: 'serve --memory --seed seed.yaml --intercept',
      note: 'serve programs with hard-coded Microsoft hosts',
    },
    { line: 'serve --kind business --data ./drive', note: 'serve a business drive stored in ./drive' },
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
      throw new OneDriveError(
        'usage',
        '--memory and --data cannot be used together: --memory stores nothing in a folder.',
      );
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
      await untilAborted(context.signal);
      await context.note('Stopping.');
    } finally {
      await serving.onOpenStorage(() => server.close());
    }
  },
});

interface ServeOptions {
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

async function start(context: Context, options: ServeOptions, serving: Serving) {
  const { clock, random, fs } = context;
  const read = <T>(typed: string | undefined, what: string, reader: (path: string) => Promise<T>) =>
    typed === undefined ? undefined : readable(reader(context.localPath(typed)), what, typed);
  const seed = await read(options.seed, 'seed', (path) => serving.seedFile(path, fs));
  const faults = await read(options.faults, 'fault plan', (path) => serving.faultFile(path, fs));
  const typed = options.quirks;
  const quirks = typed === undefined ? undefined : asUsageError(() => serving.readQuirks(typed));
  const { files, ...more } = seed ?? {};
  const storage = options.memory
    ? {}
    : { storage: await serving.localStorage(localFolder(context.flags, context)) };
  const started = serving.onOpenStorage(() =>
    serving.startOneDrive({
      kind: options.kind === 'business' ? 'business' : 'personal',
      ...more,
      ...(files && { seed: files }),
      ...(faults && { faults }),
      ...(quirks && { settings: { quirks } }),
      ...storage,
      ...{ clock, random, port: options.port, host: options.host },
      allowHosts: options['allow-host'],
      cors: asUsageError(() => serving.readOrigins(options.cors)),
      ...{ tls: options.tls, intercept: options.intercept, authority: options.store },
      onBrokenResponse: (error, { method, path }) =>
        void context
          .note(`A response broke off: ${method} ${path}: ${messageOf(error)}`)
          .catch(() => undefined),
      onRefused: (target) => void context.note(`Refused: ${target}`).catch(() => undefined),
    }),
  );
  return started.catch((error: unknown) => listenError(error, options));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Calls `read`. @throws OneDriveError `usage` with the message of any error. */
function asUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new OneDriveError('usage', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** @throws OneDriveError `usage` if the content of the file is invalid, `local-file` if it cannot be read. */
async function readable<T>(reading: Promise<T>, what: string, typed: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const local = localError(error, 'read', `the ${what} ${typed}`);
    if (isOneDriveError(local)) throw local;
    const problem = error instanceof Error ? error.message : String(error);
    throw new OneDriveError('usage', `The ${what} in ${typed} is invalid. ${problem}`, { cause: error });
  }
}

/** @throws OneDriveError `usage`. */
function portOf(typed: string): number {
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65535) return Number(typed);
  throw new OneDriveError('usage', `Invalid port "${typed}": not a number from 0 to 65535.`);
}

/** @throws OneDriveError `usage` for a system error about the address; any other error unchanged. */
function listenError(error: unknown, { port, host }: Pick<ServeOptions, 'port' | 'host'>): never {
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
    hint: 'Use --port 0 for any free port, or --host for another address.',
  });
}

async function announce(server: ServerInfo, context: Context): Promise<void> {
  const { url, ca } = server;
  const addresses = { url, graph: `${url}/v1.0`, authority: url, ...(ca === undefined ? {} : { ca }) };
  if (context.flags.json) await context.print(addresses);
  else await context.streams.stdout.write(`${url}\n`);
  for (const line of serveBanner(server)) await context.note(line);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
