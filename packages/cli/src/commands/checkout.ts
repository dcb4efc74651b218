/** `checkout`: checks files of a library out. */
import { checkOut, discardCheckOut } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../actions/dry-run.ts';
import { onEachInBatches } from '../actions/each-in-batches.ts';
import { graphItem } from '../arguments/graph-item.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'checkout',
  group: 'change',
  access: 'write',
  summary: 'Check files out: only you can change them (libraries)',
  arguments: [{ name: 'file', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [{ name: 'discard', description: 'undo a check-out, with all changes since' }, dryRunOption],
  examples: [
    { line: 'checkout plan.xlsx', note: 'prevent changes by others' },
    { line: 'checkout --discard plan.xlsx', note: 'undo the check-out' },
  ],
  async run(context, { file }, { discard, ...options }) {
    return onEachInBatches(context, file, async (object, inner) => {
      const [client, drive, item] = await graphItem(object, inner, 'check-out');
      if (options['dry-run'])
        return printPlan(inner, [
          { action: discard ? 'undo the check-out of' : 'check out', object: object },
        ]);
      await (discard ? discardCheckOut : checkOut)(client, drive, item, { signal: context.signal });
    });
  },
});
