/** `touch`: sets the modification time, or creates an empty file. */
import { parseMoment } from 'onedrive-kit/drive';
import { isOneDriveError } from 'onedrive-kit/errors';
import type { ItemRef } from 'onedrive-kit/graph';
import { itemById } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { onEachInBatches } from '../actions/each-in-batches.ts';
import { graphOnly } from '../arguments/graph-only.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'touch',
  group: 'change',
  access: 'write',
  summary: 'Set the modification time of files and folders, or create empty files',
  description: 'Sets the modification time in fileSystemInfo. Default: now.',
  arguments: [{ name: 'object', description: 'paths or ids', variadic: true, names: 'item', mayBeNew: true }],
  options: [
    {
      name: 'date',
      formerly: ['-t'],
      value: 'WHEN',
      description: 'time to set: 2026-01-31, 2026-01-31T12:00Z, or 3h for 3 hours ago',
    },
    { name: 'no-create', formerly: ['-c'], description: 'do not create missing files' },
    dryRunOption,
  ],
  examples: [
    { line: 'touch new.txt', note: 'create an empty file, or set the time to now' },
    { line: 'touch --date 2026-01-31 photo.jpg', note: 'set the time to a date' },
  ],
  async run(context, { object }, options) {
    // Checked first: otherwise an empty file would be created before its time is refused.
    await graphOnly(context, 'modification times that can be set');
    const now = context.clock.now();
    const time = options.date === undefined ? now : parseMoment(options.date, now);
    const lastModifiedDateTime = new Date(Math.floor(time / 1000) * 1000).toISOString();
    return onEachInBatches(context, object, async (path, inner) => {
      const drive = await inner.drive();
      const item = await drive.stat(path, context.call).catch((error: unknown) => {
        if (isOneDriveError(error) && error.code === 'not-found' && !options['no-create']) return undefined;
        throw error;
      });
      const action = item === undefined ? 'create' : 'touch';
      if (options['dry-run']) return printPlan(inner, [{ action, object: path, lastModifiedDateTime }]);
      const ref = drive.resolve(path, context.as);
      const parent: ItemRef = { anchor: ref.anchor, path: ref.path.slice(0, -1) };
      const target =
        item ??
        (
          await drive.upload(new Uint8Array(0), parent, {
            signal: context.signal,
            name: ref.path.at(-1),
            conflict: 'fail',
          })
        ).item;
      await inner.result(
        await drive.update(
          itemById(target.id),
          { fileSystemInfo: { lastModifiedDateTime } },
          { signal: context.signal },
        ),
      );
    });
  },
});
