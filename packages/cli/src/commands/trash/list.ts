/** `trash list`: lists the recycle bin. */
import { formatPath, listTrash } from 'onedrive-kit/drive';
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';
import { humanSize } from '../../output/size.ts';

export const command = defineCommand({
  name: 'trash_list',
  group: 'browse',
  access: 'read',
  summary: 'List the recycle bin of a business drive or library',
  description:
    'A removed folder is one entry. The Microsoft Graph API cannot list the recycle bin of a\npersonal drive: open it at https://onedrive.live.com instead.',
  lists: 'rows',
  examples: [
    { line: 'trash list', note: 'list removed objects and their removal times' },
    { line: 'trash list --columns path,deleted,id', note: 'list the ids for trash restore' },
  ],
  async run(context) {
    const drive = await context.drive();
    const rows: object[] = [];
    for await (const { path, ...entry } of listTrash(drive.context, { signal: context.signal }))
      rows.push(
        wantsObjects(context.flags)
          ? { path: formatPath(path), ...entry }
          : {
              path: formatPath(path),
              deleted: entry.deleted,
              size: entry.size === undefined ? undefined : humanSize(entry.size),
              id: entry.id,
            },
      );
    await context.print(rows);
  },
});
