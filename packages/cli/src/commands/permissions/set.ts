/** `permissions set`: changes the role or the expiry of a permission. */
import { OneDriveError } from 'onedrive-kit/errors';
import { updatePermission } from 'onedrive-kit/graph';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { expiryOf } from '../../arguments/expiry.ts';
import { graphItem } from '../../arguments/graph-item.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'permissions_set',
  group: 'change',
  access: 'write',
  summary: 'Change the role or the expiry of a permission',
  arguments: [
    { name: 'object', description: 'path, id or URL', names: 'item' },
    { name: 'permission', description: 'id of the permission, as listed by permissions list' },
  ],
  options: [
    { name: 'role', value: 'ROLE', choices: ['read', 'write'], description: 'new role' },
    { name: 'expires', value: 'DATE', description: 'new expiry date, such as 2026-12-31' },
    dryRunOption,
  ],
  examples: [{ line: 'permissions set Documents aBc --role read', note: 'allow only reading' }],
  async run(context, { object, permission: id }, { role, expires, ...options }) {
    if (role === undefined && expires === undefined)
      throw new OneDriveError('usage', 'Missing option: --role, --expires or both.');
    const [client, drive, item] = await graphItem(object, context, 'permissions');
    const change = {
      id,
      ...(role === undefined ? {} : { roles: [role] }),
      ...expiryOf(expires, context.clock.now()),
    };
    if (options['dry-run'])
      return printPlan(context, [{ action: `change permission ${id} of`, object, ...change }]);
    await context.result(await updatePermission(client, drive, item, change, { signal: context.signal }));
  },
});
