/** `doctor --bundle`: the findings, the settings and the conversation with the service in one file, without secrets. */

import { OneDriveError } from 'onedrive-kit/errors';
import { redactText } from 'onedrive-kit/http';
import { type RecordedExchange, record } from 'onedrive-kit/internal/http/record';
import type { Context } from '../context.ts';
import type { GlobalFlags } from '../definition/flags.ts';
import { openContext } from '../open-context.ts';
import { settingValues } from '../session/setting-values.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';
import type { Finding } from './finding.ts';

/** What `serve --replay` reads; raise it when the shape changes. */
export const bundleFormat = 1;

/**
 * Runs the checks, then the command in `words`, and writes everything to `path`.
 * @throws OneDriveError `local-file` when it cannot be written.
 */
export async function bundled(
  context: Context,
  path: string,
  words: readonly string[],
  examine: (context: Context) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  // First of all: nobody wants to learn after a long command that its record cannot be kept.
  await write(context, path, {});
  const exchanges: RecordedExchange[] = [];
  const world = recorded(context, exchanges);
  const inner = openContext(context.flags, world, context.job);
  try {
    const findings = await examine(inner.context);
    const command = words.length === 0 ? undefined : await runRecorded(words, context.flags, world);
    const settings = await settingValues(inner.context, await inner.context.profile()).catch(() => []);
    const report = { format: bundleFormat, version, created: new Date(context.clock.now()).toISOString() };
    const { platform, nodeVersion } = context;
    await write(context, path, { ...report, platform, nodeVersion, findings, settings, command, exchanges });
    await context.note(
      `Wrote ${path}: no secrets, but names of files and people. Look at it before you send it.`,
    );
    return findings;
  } finally {
    await inner.close();
  }
}

/** The world with a network that writes down what it carries. */
function recorded(world: World, exchanges: RecordedExchange[]): World {
  const { clock, wrapTransport } = world;
  const tap = record({ clock, sink: (exchange) => exchanges.push(exchange) });
  return { ...world, wrapTransport: (inner) => tap(wrapTransport?.(inner) ?? inner) };
}

interface RecordedRun {
  readonly words: readonly string[];
  readonly status: number;
  /** Redacted. */
  readonly stderr: string;
}

/** The command works with the configuration that was looked at, unless it says otherwise itself. */
function inherited({ config, profile, caCert, timeout }: GlobalFlags): readonly string[] {
  const given = { config, profile, 'ca-cert': caCert, timeout };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

async function runRecorded(words: readonly string[], flags: GlobalFlags, world: World): Promise<RecordedRun> {
  const { run } = await import('../run.ts');
  let stderr = '';
  const { streams } = world;
  const heard = {
    ...streams,
    stderr: {
      isTTY: false,
      columns: undefined,
      write: async (text: string | Uint8Array) => {
        stderr += typeof text === 'string' ? text : new TextDecoder().decode(text);
        await streams.stderr.write(text);
      },
    },
  };
  const status = await run([...inherited(flags), ...words], { ...world, streams: heard });
  return { words: words.map(redactText), status, stderr: redactText(stderr) };
}

async function write(context: Context, path: string, report: unknown): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(report, null, 1)}\n`);
  try {
    const file = await context.fs.open(context.localPath(path), 'w', 0o600);
    try {
      for (let at = 0; at < bytes.length; )
        at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new OneDriveError('local-file', `Cannot write ${path}.`, { cause, hint: 'Name another file.' });
  }
}
