/** `touch`: sets the time of change, or makes an empty file. */
import { parseMoment } from 'onedrive-kit/drive';
import { isOneDriveError } from 'onedrive-kit/errors';
import type { ItemRef } from 'onedrive-kit/graph';
import { itemById } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { onEachInBatches } from '../acting/each-in-batches.ts';
import { graphOnly } from '../arguments/graph-only.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'touch',
  group: 'change',
  access: 'write',
  summary: 'Set the modification time of files and folders, or create empty files',
  description: 'Sets the modification time in fileSystemInfo. Default: now.',
  arguments: [{ name: 'object', description: 'paths or ids', variadic: true, names: 'item' }],
  options: [
    {
      name: 'date',
      short: 't',
      value: 'WHEN',
      description: '2026-01-31, 2026-01-31T12:00Z, or 3h ago as 3h',
    },
    { name: 'no-create', short: 'c', description: 'do not create missing files' },
    dryRunOption,
  ],
  examples: [
    { line: 'touch new.txt', note: 'an empty file, where there is none' },
    { line: 'touch -t 2026-01-31 photo.jpg', note: 'another time' },
  ],
  async run(context, { object }, options) {
    // Before anything: an empty file would be made, and its time refused.
    await graphOnly(context, 'times of files that could be set');
    const now = context.clock.now();
    const time = options.date === undefined ? now : parseMoment(options.date, now);
    const lastModifiedDateTime = new Date(Math.floor(time / 1000) * 1000).toISOString();
    return onEachInBatches(context, object, async (one, own) => {
      const drive = await own.drive();
      const item = await drive.stat(one, context.call).catch((error: unknown) => {
        if (isOneDriveError(error) && error.code === 'not-found' && !options['no-create']) return undefined;
        throw error;
      });
      const action = item === undefined ? 'make' : 'touch';
      if (options['dry-run']) return printPlan(own, [{ action, object: one, lastModifiedDateTime }]);
      const ref = drive.resolve(one, context.as);
      const parent: ItemRef = { anchor: ref.anchor, path: ref.path.slice(0, -1) };
      const made =
        item ??
        (
          await drive.upload(new Uint8Array(0), parent, {
            signal: context.signal,
            name: ref.path.at(-1),
            conflict: 'fail',
          })
        ).item;
      await own.result(
        await drive.update(
          itemById(made.id),
          { fileSystemInfo: { lastModifiedDateTime } },
          { signal: context.signal },
        ),
      );
    });
  },
});
