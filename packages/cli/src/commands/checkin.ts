/** `checkin`: checks files in. */
import { checkIn } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { onEachInBatches } from '../actions/each-in-batches.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'checkin',
  group: 'change',
  access: 'write',
  summary: 'Check files in: others see the changes and can edit again (libraries)',
  arguments: [{ name: 'file', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [{ name: 'comment', value: 'TEXT', description: 'comment for the version history' }, dryRunOption],
  examples: [{ line: "checkin --comment 'new figures' plan.xlsx", note: 'check in with a comment' }],
  async run(context, { file }, { comment, ...options }) {
    return onEachInBatches(context, file, async (object, inner) => {
      const [client, drive, item] = await graphItem(object, inner, 'check-in');
      if (options['dry-run']) return printPlan(inner, [{ action: 'check in', object: object }]);
      await checkIn(client, drive, item, { signal: context.signal, comment });
    });
  },
});
