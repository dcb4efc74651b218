/** `trash ls`: what is in the recycle bin. */
import { formatPath, listTrash } from 'onedrive-kit/drive';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'trash_ls',
  group: 'browse',
  access: 'read',
  summary: 'List the recycle bin of a business drive or library',
  description:
    'A folder is one entry, with all that is in it. Microsoft Graph cannot list the recycle\nbin of a personal drive: see it on the web page.',
  examples: [
    { line: 'trash ls', note: 'removed objects, and when they were removed' },
    { line: 'trash ls --columns path,deleted,id', note: 'with the ids that trash restore takes' },
  ],
  async run(context) {
    const drive = await context.drive();
    const found: object[] = [];
    for await (const { path, ...entry } of listTrash(drive.context, { signal: context.signal }))
      found.push(
        wantsObjects(context.flags)
          ? { path: formatPath(path), ...entry }
          : {
              path: formatPath(path),
              deleted: entry.deleted,
              size: entry.size === undefined ? undefined : humanSize(entry.size),
              id: entry.id,
            },
      );
    await context.print(found);
  },
});
