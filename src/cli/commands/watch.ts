/** `watch`: changes as they happen. */
import { watchChanges } from '../../drive/index.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { localStat, orLocalError, writeLocalText } from '../local-file.ts';
import { itemPathOf } from '../output/item-path.ts';
import { printable } from '../output/printable.ts';
import { presentable, render, wantsObjects } from '../output/printer.ts';
import { wholeNumber } from '../whole-number.ts';

export const command = defineCommand({
  name: 'watch',
  group: 'browse',
  access: 'read',
  summary: 'Print changes in the drive as they happen',
  description:
    'Asks the service every few seconds, until Ctrl-C. With --json or --ndjson one line of\nJSON for each change. --state keeps in a file how far it came, and goes on from there\nthe next time.',
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
    { name: 'state', value: 'FILE', description: 'where to keep how far it came' },
    { name: 'once', description: 'stop after the first round' },
  ],
  examples: [
    { line: 'watch', note: 'the whole drive' },
    { line: 'watch --state photos.state --once --ndjson', note: 'what changed since the last time' },
  ],
  async run(context, { folder = '' }, { interval, state, once }) {
    const seconds = wholeNumber(interval, '--interval');
    const drive = await context.drive();
    const path = state === undefined ? undefined : context.localPath(state);
    const token = path === undefined ? undefined : await savedToken(path, context);
    const events = watchChanges(drive.context, folder, { ...context.call, token, interval: seconds * 1000 });
    for await (const event of events) {
      if (event.kind === 'round') {
        if (path !== undefined) await writeLocalText(context, path, `${event.token}\n`);
        if (once) return;
      } else if (event.kind === 'resync') {
        await context.note('The service forgot what happened since the last time: watching starts anew.');
      } else await show(context, event.kind, event.item);
    }
  },
});

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
