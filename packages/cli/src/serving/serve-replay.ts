/** `serve --replay`: serves the responses recorded in a bundle of `doctor`, in their order. */

import { createReplay, type RecordedAnswer } from '@onedrive-kit/server';
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { bundleFormat } from '../doctor/bundle.ts';
import { listen } from './server-parts.ts';

/** Serves until Ctrl-C, then lists unknown requests and recorded ones that were never requested. */
export async function serveReplay(
  context: Context,
  path: string,
  address: { readonly port: number; readonly host: string; readonly allowHosts: readonly string[] },
): Promise<void> {
  const exchanges = await readBundle(context, path);
  const replay = createReplay(exchanges);
  const listening = await listen(replay.handler, address);
  try {
    await context.streams.stdout.write(`${listening.url}\n`);
    await context.note(
      `Replaying ${exchanges.length} recorded requests from ${path}. To use them, set ONEDRIVE_GRAPH_URL and ONEDRIVE_AUTHORITY_URL to this address, and ONEDRIVE_TOKEN=any. Press Ctrl-C to stop.`,
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

/** @throws OneDriveError `local-file`; `usage` if the file is not a bundle. */
async function readBundle(context: Context, path: string): Promise<readonly RecordedAnswer[]> {
  const text = await context.fs.readFile(context.localPath(path), 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new OneDriveError('local-file', `Cannot read the bundle ${path}${code}.`, {
      cause,
      hint: 'To create a bundle: onedrive-cli doctor --bundle FILE',
    });
  });
  const bundle = parsed(text);
  if (bundle?.format !== bundleFormat || !Array.isArray(bundle.exchanges))
    throw new OneDriveError('usage', `${path} is not a bundle of this version of doctor.`, {
      hint: 'To create a bundle: onedrive-cli doctor --bundle FILE',
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
