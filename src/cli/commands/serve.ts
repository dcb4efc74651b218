/** `serve`: the embedded OneDrive on a port, for other programs. */
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { localFolder } from '../local-folder.ts';

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
    { name: 'memory', description: 'keep nothing: the contents are gone when it stops' },
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
    { line: 'serve --kind business --data ./drive', note: 'a business drive kept in ./drive' },
  ],
  async run(context, _, options) {
    const port = portOf(options.port);
    if (options.memory && context.flags.data !== undefined) {
      throw new OneDriveError('usage', '--memory and --data cannot be used together: the one keeps nothing.');
    }
    const { createOneDrive, localStorage, listen } = await import('../serving.ts');
    const { clock, random, signal } = context;
    const storage = options.memory
      ? {}
      : { storage: await localStorage(localFolder(context.flags, context)) };
    const kind = options.kind === 'business' ? 'business' : 'personal';
    const server = await createOneDrive({ ...storage, clock, random, kind });
    try {
      const listening = await listen(server.handler, { port, host: options.host }).catch(refused);
      try {
        await announce(listening.url, context);
        await aborted(signal);
        await context.note('Stopping.');
      } finally {
        await listening.close();
      }
    } finally {
      await server.close();
    }
  },
});

/** @throws OneDriveError `usage`. */
function portOf(typed: string): number {
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65535) return Number(typed);
  throw new OneDriveError('usage', `"${typed}" is no port: a number from 0 to 65535 was expected.`);
}

/** @throws OneDriveError `usage` in words for what the system says of an address, anything else as it is. */
function refused(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'Another program listens on that port.',
    EACCES: 'This user may not listen on that port.',
    EADDRNOTAVAIL: 'This machine has no such address.',
    ENOTFOUND: 'This machine has no such address.',
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  if (reason === undefined) throw error;
  throw new OneDriveError('usage', reason, {
    cause: error,
    hint: '--port 0 takes a free port; --host names the address.',
  });
}

async function announce(url: string, context: Context): Promise<void> {
  if (context.flags.json) await context.print({ url, graph: `${url}/v1.0`, authority: url });
  else await context.streams.stdout.write(`${url}\n`);
  for (const line of banner(url)) await context.note(line);
}

function banner(url: string): readonly string[] {
  return [
    `An embedded OneDrive listens at ${url}.`,
    '',
    `  Graph     ${url}/v1.0`,
    `  sign-in   ${url}/common/oauth2/v2.0/authorize (any client id; any user name and password)`,
    '',
    'To point onedrive-cli at it, save this as embedded.yaml:',
    '',
    `  client: {id: embedded}`,
    `  endpoints: {authority: "${url}", graph: "${url}"}`,
    '',
    'and then: onedrive-cli -c embedded.yaml auth',
    'Ctrl-C stops it.',
  ];
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
