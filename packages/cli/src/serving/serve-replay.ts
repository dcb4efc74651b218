/** `serve --replay`: a bundle of `doctor` as a server that answers what was recorded, in the recorded order. */

import { createReplay, type RecordedAnswer } from '@onedrive-kit/server';
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { bundleFormat } from '../doctor/bundle.ts';
import { listen } from './server-parts.ts';

/** Serves until Ctrl-C, then says what was asked beside the recording and what was not asked for. */
export async function serveReplay(
  context: Context,
  path: string,
  at: { readonly port: number; readonly host: string; readonly allowHosts: readonly string[] },
): Promise<void> {
  const exchanges = await readBundle(context, path);
  const replay = createReplay(exchanges);
  const listening = await listen(replay.handler, at);
  try {
    await context.streams.stdout.write(`${listening.url}\n`);
    await context.note(
      `Replaying ${exchanges.length} recorded requests from ${path}. To use it: ONEDRIVE_GRAPH_URL and ONEDRIVE_AUTHORITY_URL set to this address, ONEDRIVE_TOKEN=any. Press Ctrl-C to stop.`,
    );
    const { signal } = context;
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    for (const request of replay.unknown()) await context.note(`Not in the recording: ${request}`);
    for (const request of replay.left()) await context.note(`Never requested: ${request}`);
  } finally {
    await listening.close();
  }
}

/** @throws OneDriveError `local-file`, `usage` when the file is no bundle. */
async function readBundle(context: Context, path: string): Promise<readonly RecordedAnswer[]> {
  const text = await context.fs.readFile(context.localPath(path), 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new OneDriveError('local-file', `Cannot read the report ${path}${code}.`, {
      cause,
      hint: 'Name a file that `onedrive-cli doctor --bundle FILE` wrote.',
    });
  });
  const bundle = parsed(text);
  if (bundle?.format !== bundleFormat || !Array.isArray(bundle.exchanges))
    throw new OneDriveError('usage', `${path} is not a bundle of this version of doctor.`, {
      hint: 'Name a file that `onedrive-cli doctor --bundle FILE` wrote.',
    });
  return bundle.exchanges as readonly RecordedAnswer[];
}

function parsed(text: string): { readonly format?: unknown; readonly exchanges?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
