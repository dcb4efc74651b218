/** `permissions delete`: removes permissions. */
import { deletePermission } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { onEachInBatches } from '../../actions/each-in-batches.ts';
import { graphItem } from '../../arguments/graph-item.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'permissions_delete',
  group: 'change',
  access: 'write',
  summary: 'Remove permissions from a file or folder',
  arguments: [
    { name: 'object', description: 'path, id or URL', names: 'item' },
    { name: 'permission', description: 'ids, as listed by permissions list', variadic: true },
  ],
  options: [dryRunOption],
  examples: [{ line: 'permissions delete Documents aBc', note: 'remove one permission' }],
  async run(context, { object, permission }, options) {
    return onEachInBatches(context, permission, async (id, inner) => {
      const [client, drive, item] = await graphItem(object, inner, 'permissions');
      if (options['dry-run']) return printPlan(inner, [{ action: `remove permission ${id} from`, object }]);
      await deletePermission(client, drive, item, id, { signal: context.signal });
    });
  },
});
