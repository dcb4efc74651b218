/** `links list`: lists the sharing links of an object. */
import { listPermissions } from 'onedrive-kit/graph';
import { graphItem } from '../../arguments/graph-item.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'links_list',
  group: 'browse',
  access: 'read',
  summary: 'List the sharing links of a file or folder',
  description: 'Treat the list as a secret: anyone who has a link may be able to open the object.',
  lists: 'rows',
  arguments: [{ name: 'object', description: 'path, id or URL', names: 'item' }],
  examples: [{ line: 'links list report.docx', note: 'list all links' }],
  async run(context, { object }) {
    const item = await graphItem(object, context, 'permissions');
    const permissions = await collect(listPermissions(...item, { signal: context.signal }));
    await context.print(
      permissions
        .filter(({ link }) => link !== undefined)
        .map(({ id, link, expirationDateTime: expires, hasPassword }) => ({
          id,
          type: link?.type,
          scope: link?.scope,
          url: link?.webUrl,
          expires,
          ...(hasPassword === true ? { password: true } : {}),
        })),
    );
  },
});
