/** `checkout`: locks files of a library for others. */
import { checkOut, discardCheckOut } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { onEachInBatches } from '../acting/each-in-batches.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'checkout',
  group: 'change',
  access: 'write',
  summary: 'Check files out: others cannot change them (libraries)',
  arguments: [{ name: 'file', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [{ name: 'discard', description: 'undo a check-out and the changes since' }, dryRunOption],
  examples: [
    { line: 'checkout plan.xlsx', note: 'lock it for others' },
    { line: 'checkout --discard plan.xlsx', note: 'undo it' },
  ],
  async run(context, { file }, { discard, ...options }) {
    return onEachInBatches(context, file, async (one, own) => {
      const [client, drive, item] = await graphItem(one, own, 'check-out');
      if (options['dry-run'])
        return printPlan(own, [{ action: discard ? 'undo the check-out of' : 'check out', object: one }]);
      await (discard ? discardCheckOut : checkOut)(client, drive, item, { signal: context.signal });
    });
  },
});
