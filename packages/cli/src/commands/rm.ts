/** `rm`: moves objects to the recycle bin, or deletes them permanently. */
import { graphPlace, removeMany } from 'onedrive-kit/drive';
import { permanentDelete } from 'onedrive-kit/graph';
import { confirm } from '../acting/confirm.ts';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { type Failure, statusOf, tellFailure } from '../acting/each.ts';
import { onEachInBatches } from '../acting/each-in-batches.ts';
import { undoLines } from '../acting/undo-lines.ts';
import { defineCommand } from '../definition/command.ts';
import { counted } from '../output/counted.ts';

export const command = defineCommand({
  name: 'rm',
  group: 'change',
  access: 'write',
  summary: 'Remove files and folders, to the recycle bin or permanently',
  description:
    'A folder is removed with everything in it. Failures are reported, and the other objects\nare still removed. On a terminal, prints the command that undoes it. --permanent asks\nfirst, unless --yes is given.',
  arguments: [{ name: 'object', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [
    { name: 'permanent', description: 'do not use the recycle bin: this cannot be undone' },
    dryRunOption,
  ],
  examples: [
    { line: 'rm Pics/image1.jpg', note: 'one file' },
    { line: 'rm old.txt Drafts', note: 'a file and a whole folder' },
    { line: 'rm --permanent --yes secret.txt', note: 'permanently, from a script' },
  ],
  async run(context, { object }, options) {
    const drive = await context.drive();
    if (options['dry-run']) {
      const action = options.permanent ? 'permanently delete' : 'remove';
      return onEachInBatches(context, object, async (one, own) => {
        await (await own.drive()).stat(one, context.call);
        await printPlan(own, [{ action, object: one }]);
      });
    }
    if (options.permanent) {
      const { ref } = graphPlace(drive.context, 'permanent deletion');
      const items = new Map<string, string>();
      for (const one of object) items.set(one, (await drive.stat(one, context.call)).name);
      await confirm(
        context,
        object.length === 1
          ? `permanently delete ${[...items.values()].join('')}`
          : `permanently delete ${counted(object.length, 'object')}: ${[...items.values()].join(', ')}`,
      );
      const call = { signal: context.signal };
      return onEachInBatches(context, object, async (one, own) =>
        permanentDelete(await own.client(), ref, drive.resolve(one, context.as), call),
      );
    }
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
    for (const { error } of failures) await tellFailure(context, error);
    for (const [at, line] of undo.entries())
      if (line !== '' && outcomes[at] === undefined) await context.note(line);
    return statusOf(context, failures);
  },
});
