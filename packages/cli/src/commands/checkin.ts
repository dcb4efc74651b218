/** `checkin`: gives checked-out files back. */
import { checkIn } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { onEachInBatches } from '../acting/each-in-batches.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'checkin',
  group: 'change',
  access: 'write',
  summary: 'Check files in: others can see and change them (libraries)',
  arguments: [{ name: 'file', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [{ name: 'comment', value: 'TEXT', description: 'what changed' }, dryRunOption],
  examples: [{ line: "checkin --comment 'new figures' plan.xlsx", note: 'with a word on it' }],
  async run(context, { file }, { comment, ...options }) {
    return onEachInBatches(context, file, async (one, own) => {
      const [client, drive, item] = await graphItem(one, own, 'check-in');
      if (options['dry-run']) return printPlan(own, [{ action: 'check in', object: one }]);
      await checkIn(client, drive, item, { signal: context.signal, comment });
    });
  },
});
