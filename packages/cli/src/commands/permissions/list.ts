/** `permissions list`: lists who can access an object. */
import { grantOf } from 'onedrive-kit/drive';
import { listPermissions } from 'onedrive-kit/graph';
import { graphItem } from '../../arguments/graph-item.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';

export const command = defineCommand({
  name: 'permissions_list',
  group: 'browse',
  access: 'read',
  summary: 'List the permissions of a file or folder',
  lists: 'rows',
  arguments: [{ name: 'object', description: 'path, id or URL', names: 'item' }],
  examples: [{ line: 'permissions list Documents', note: 'list people and links' }],
  async run(context, { object }) {
    const item = await graphItem(object, context, 'permissions');
    const permissions = await collect(listPermissions(...item, { signal: context.signal }));
    if (wantsObjects(context.flags)) return context.print(permissions);
    await context.print(
      permissions.map((permission) => {
        const { who, roles, expires, inherited } = grantOf([], permission);
        return { who, roles, id: permission.id, expires, ...(inherited ? { inherited } : {}) };
      }),
    );
  },
});
