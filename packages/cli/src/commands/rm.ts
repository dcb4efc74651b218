/** `rm`: moves objects to the recycle bin, or deletes them permanently. */
import { graphPlace, itemKind, removeMany } from 'onedrive-kit/drive';
import { permanentDelete } from 'onedrive-kit/graph';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import { confirm, confirmAtTerminal } from '../actions/confirm.ts';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { type Failure, reportFailure, statusOf } from '../actions/each.ts';
import { onEachInBatches } from '../actions/each-in-batches.ts';
import { undoLines } from '../actions/undo-lines.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { countText } from '../output/count-text.ts';

export const command = defineCommand({
  name: 'rm',
  group: 'change',
  access: 'write',
  summary: 'Move files and folders to the recycle bin, or delete them permanently',
  description:
    'A folder is removed with everything in it. If an object fails, the others are still\nremoved. At a terminal, asks before a folder with content is removed, and prints the\ncommand that undoes it. --permanent asks everywhere. --yes answers both questions.',
  arguments: [{ name: 'object', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [{ name: 'permanent', description: 'delete permanently, without the recycle bin' }, dryRunOption],
  examples: [
    { line: 'rm Pics/image1.jpg', note: 'remove path file' },
    { line: 'rm old.txt Drafts', note: 'remove a file and a folder' },
    { line: 'rm --permanent --yes secret.txt', note: 'delete permanently without confirmation, for scripts' },
  ],
  async run(context, { object }, options) {
    const drive = await context.drive();
    if (options['dry-run']) {
      const action = options.permanent ? 'permanently delete' : 'remove';
      return onEachInBatches(context, object, async (path, inner) => {
        await (await inner.drive()).stat(path, context.call);
        await printPlan(inner, [{ action, object: path }]);
      });
    }
    if (options.permanent) {
      const { ref } = graphPlace(drive.context, 'permanent deletion');
      const items = new Map<string, string>();
      for (const path of object) items.set(path, (await drive.stat(path, context.call)).name);
      await confirm(
        context,
        object.length === 1
          ? `permanently delete ${[...items.values()].join('')}`
          : `permanently delete ${countText(object.length, 'object')}: ${[...items.values()].join(', ')}`,
      );
      const call = { signal: context.signal };
      return onEachInBatches(context, object, async (path, inner) =>
        permanentDelete(await inner.client(), ref, drive.resolve(path, context.as), call),
      );
    }
    await confirmFolders(context, object);
    const undo = await undoLines(context, object);
    const [only] = object;
    if (only !== undefined && object.length === 1) {
      await drive.remove(only, context.call);
      for (const line of undo) await context.note(line);
      return 0;
    }
    const outcomes = await removeMany(drive.context, object, context.call);
    const failures = outcomes.flatMap((error, at): Failure[] =>
      error === undefined ? [] : [{ object: object[at] ?? '', error }],
    );
    for (const { error } of failures) await reportFailure(context, error);
    for (const [at, line] of undo.entries())
      if (line !== '' && outcomes[at] === undefined) await context.note(line);
    return statusOf(context, failures);
  },
});

/** At a terminal, asks before folders with content are removed. @throws OneDriveError `usage` if the user declines. */
async function confirmFolders(context: Context, objects: readonly string[]): Promise<void> {
  const { flags, streams, call } = context;
  if (flags.yes || flags.noInput || !streams.stdin.isTTY) return;
  const drive = await context.drive();
  const folders: string[] = [];
  for (const object of objects) {
    const item = await drive.stat(object, call).catch(() => undefined);
    if (item !== undefined && itemKind(item) === 'folder' && item.folder?.childCount !== 0)
      folders.push(itemPathOf(item) ?? item.name);
  }
  if (folders.length === 0) return;
  await confirmAtTerminal(
    context,
    `remove ${folders.join(', ')} and everything in ${folders.length === 1 ? 'it' : 'them'}`,
    'The recycle bin keeps it for some time.',
  );
}
