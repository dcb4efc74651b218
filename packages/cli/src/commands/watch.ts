/** `watch`: prints changes as they happen. */

import { type Drive, type PushedChanges, pushedChanges, watchChanges } from 'onedrive-kit/drive';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import { localStat, orLocalError, writeLocalText } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { printable } from '../output/printable.ts';
import { presentable, render, wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'watch',
  group: 'browse',
  access: 'read',
  summary: 'Print changes in the drive as they happen',
  description:
    'Runs until Ctrl-C. Polls at an interval, and also listens to the push channel of the\nservice if there is one. --json and --ndjson print one line of JSON for each change.\n--state stores the position in a file, and resumes from there the next time.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'interval', value: 'SECONDS', default: '15', description: 'time between polls' },
    { name: 'poll', description: 'only poll: do not open the push channel' },
    { name: 'state', value: 'FILE', description: 'file that stores the position' },
    { name: 'once', description: 'exit after the first poll' },
  ],
  formats: {
    has: ['ndjson', 'query', 'object-key'],
    instead: 'Use --ndjson: it prints one line for each change.',
  },
  examples: [
    { line: 'watch', note: 'watch the whole drive' },
    { line: 'watch --state photos.state --once --ndjson', note: 'print the changes since the last run' },
  ],
  async run(context, { folder = '' }, { interval, poll, state, once }) {
    const seconds = wholeNumber(interval, '--interval');
    const drive = await context.drive();
    const path = state === undefined ? undefined : context.localPath(state);
    const token = path === undefined ? undefined : await savedToken(path, context);
    const changes = poll || once ? undefined : await channelOf(drive, context);
    if (!once)
      await context.note(
        `Watching ${folder === '' ? 'the drive' : folder} for changes. Press Ctrl-C to stop.`,
      );
    const timing = { interval: seconds * 1000, changes };
    try {
      for await (const event of watchChanges(drive.context, folder, { ...context.call, token, ...timing })) {
        if (event.kind === 'round') {
          if (path !== undefined) await writeLocalText(context, path, `${event.token}\n`);
          if (once) return;
        } else if (event.kind === 'resync') {
          await context.note(
            'The service no longer has the changes since the saved position. Watching from now on.',
          );
        } else await show(context, event.kind, event.item);
      }
    } finally {
      changes?.close();
    }
  },
});

/** The push channel; undefined for the `--local` drive and for the Live v5.0 API, which have none. */
async function channelOf({ context: drive }: Drive, context: Context): Promise<PushedChanges | undefined> {
  if (context.flags.local || drive.provider.graph === undefined) return undefined;
  const { channelConnector } = await import('../session/change-channel.ts');
  const { networkOptions } = await import('../session/network-options.ts');
  const { network } = await context.profile();
  return pushedChanges(drive, channelConnector(await networkOptions(network, context)), context.signal);
}

async function savedToken(path: string, context: Context): Promise<string | undefined> {
  if ((await localStat(context, path, 'read')) === undefined) return undefined;
  return (await orLocalError(context.fs.readFile(path, 'utf8'), 'read', path)).trim();
}

async function show(
  context: Context,
  kind: 'changed' | 'deleted',
  item: { readonly id: string; readonly name?: string },
): Promise<void> {
  if (wantsObjects(context.flags)) {
    const flags = { ...context.flags, json: false, ndjson: true, table: false, csv: false };
    return context.streams.stdout.write(await render(presentable({ kind, item }), flags));
  }
  const name = item.name === undefined ? item.id : (itemPathOf({ ...item, name: item.name }) ?? item.name);
  await context.streams.stdout.write(`${kind} ${printable(name)}\n`);
}
