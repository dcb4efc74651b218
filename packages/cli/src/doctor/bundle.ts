/** `doctor --bundle`: writes the findings, the settings and the HTTP traffic to one file, without secrets. */

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

/** Version of the file format, checked by `serve --replay`; increment it when the format changes. */
export const bundleFormat = 1;

/**
 * Runs the checks, then the command in `words`, and writes everything to `path`.
 * @throws OneDriveError `local-file` if the file cannot be written.
 */
export async function writeBundle(
  context: Context,
  path: string,
  words: readonly string[],
  runChecks: (context: Context) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  // Written first, so that an unwritable file is reported before a long command runs.
  await write(context, path, {});
  const exchanges: RecordedExchange[] = [];
  const world = recordingWorld(context, exchanges);
  const inner = openContext(context.flags, world, context.job);
  try {
    const findings = await runChecks(inner.context);
    const command = words.length === 0 ? undefined : await runRecorded(words, context.flags, world);
    const settings = await settingValues(inner.context, await inner.context.profile()).catch(() => []);
    const report = { format: bundleFormat, version, created: new Date(context.clock.now()).toISOString() };
    const { platform, nodeVersion } = context;
    await write(context, path, { ...report, platform, nodeVersion, findings, settings, command, exchanges });
    await context.note(
      `Wrote ${path}. It contains no secrets, but names of files and people: check it before you send it.`,
    );
    return findings;
  } finally {
    await inner.close();
  }
}

/** The world with a transport that records all exchanges. */
function recordingWorld(world: World, exchanges: RecordedExchange[]): World {
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

/** Options that the command inherits, to use the checked configuration; its own options override them. */
function inheritedOptions({ config, profile, caCert, timeout }: GlobalFlags): readonly string[] {
  const given = { config, profile, 'ca-cert': caCert, timeout };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
}

async function runRecorded(words: readonly string[], flags: GlobalFlags, world: World): Promise<RecordedRun> {
  const { run } = await import('../run.ts');
  let stderr = '';
  const { streams } = world;
  const capturing = {
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
  const status = await run([...inheritedOptions(flags), ...words], { ...world, streams: capturing });
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
    throw new OneDriveError('local-file', `Cannot write ${path}.`, {
      cause,
      hint: 'Choose another file for --bundle.',
    });
  }
}
