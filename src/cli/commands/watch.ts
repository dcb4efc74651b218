/** `watch`: changes as they happen. */
import { type Drive, type PushedChanges, pushedChanges, watchChanges } from '../../drive/index.ts';
import { localStat, orLocalError, writeLocalText } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { itemPathOf } from '../output/item-path.ts';
import { printable } from '../output/printable.ts';
import { presentable, render, wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'watch',
  group: 'browse',
  access: 'read',
  summary: 'Print changes in the drive as they happen',
  description:
    'Goes on until Ctrl-C. The service tells over a socket.io channel that something changed,\nwhere it offers one; it is asked every few seconds besides. With --json or --ndjson one\nline of JSON for each change. --state keeps in a file how far it came, and goes on from\nthere the next time.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'interval', value: 'SECONDS', default: '15', description: 'between two questions' },
    { name: 'poll', description: 'ask only: open no channel on which the service tells' },
    { name: 'state', value: 'FILE', description: 'where to keep how far it came' },
    { name: 'once', description: 'stop after the first round' },
  ],
  examples: [
    { line: 'watch', note: 'the whole drive' },
    { line: 'watch --state photos.state --once --ndjson', note: 'what changed since the last time' },
  ],
  async run(context, { folder = '' }, { interval, poll, state, once }) {
    const seconds = wholeNumber(interval, '--interval');
    const drive = await context.drive();
    const path = state === undefined ? undefined : context.localPath(state);
    const token = path === undefined ? undefined : await savedToken(path, context);
    const changes = poll || once ? undefined : await channelOf(drive, context);
    const timing = { interval: seconds * 1000, changes };
    try {
      for await (const event of watchChanges(drive.context, folder, { ...context.call, token, ...timing })) {
        if (event.kind === 'round') {
          if (path !== undefined) await writeLocalText(context, path, `${event.token}\n`);
          if (once) return;
        } else if (event.kind === 'resync') {
          await context.note('The service forgot what happened since the last time: watching starts anew.');
        } else await show(context, event.kind, event.item);
      }
    } finally {
      changes?.close();
    }
  },
});

/** The embedded drive of `--local` listens nowhere, and the Live v5.0 API has no channel. */
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
