/** `rm`: moves objects to the recycle bin, or deletes them for good. */
import { graphPlace, removeMany } from '../../drive/index.ts';
import { permanentDelete } from '../../graph/endpoints/deletion.ts';
import { confirm } from '../acting/confirm.ts';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { type Failure, statusOf, tellFailure } from '../acting/each.ts';
import { onEachInBatches } from '../acting/each-in-batches.ts';
import { defineCommand } from '../definition/command.ts';
import { counted } from '../output/counted.ts';

export const command = defineCommand({
  name: 'rm',
  group: 'change',
  access: 'write',
  summary: 'Remove files and folders, to the recycle bin or for good',
  description:
    'A folder goes with all that is in it. What cannot be removed is told, and the others\nare removed all the same. --permanent asks first, unless --yes is given.',
  arguments: [{ name: 'object', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [{ name: 'permanent', description: 'past the recycle bin: it cannot be undone' }, dryRunOption],
  examples: [
    { line: 'rm Pics/image1.jpg', note: 'one file' },
    { line: 'rm old.txt Drafts', note: 'a file and a whole folder' },
    { line: 'rm --permanent --yes secret.txt', note: 'for good, from a script' },
  ],
  async run(context, { object }, options) {
    const drive = await context.drive();
    if (options['dry-run']) {
      const action = options.permanent ? 'delete for good' : 'remove';
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
        `delete ${counted(object.length, 'object')} for good: ${[...items.values()].join(', ')}`,
      );
      const call = { signal: context.signal };
      return onEachInBatches(context, object, async (one, own) =>
        permanentDelete(await own.client(), ref, drive.resolve(one, context.as), call),
      );
    }
    const [only] = object;
    if (only !== undefined && object.length === 1) {
      await drive.remove(only, context.call);
      return 0;
    }
    const outcomes = await removeMany(drive.context, object, context.call);
    const failures = outcomes.flatMap((error, at): Failure[] =>
      error === undefined ? [] : [{ object: object[at] ?? '', error }],
    );
    for (const { error } of failures) await tellFailure(context, error);
    return statusOf(context, failures);
  },
});
