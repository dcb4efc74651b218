/** `stat`: shows the main properties of objects. */

import { formatPath } from 'onedrive-kit/drive';
import type { DriveItem, ItemRef } from 'onedrive-kit/graph';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import { onEach } from '../actions/each.ts';
import { defineCommand } from '../definition/command.ts';
import { itemType } from '../output/item-type.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'stat',
  group: 'browse',
  access: 'read',
  summary: 'Show type, size, times and id of files and folders',
  description: 'A short form of info, for any number of objects.',
  lists: 'lines',
  arguments: [{ name: 'object', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  examples: [
    { line: 'stat a.txt Documents', note: 'show two objects' },
    { line: 'stat -k id a.txt', note: 'print only the id' },
    { line: 'stat --columns path,size,modified a.txt b.txt', note: 'print a table' },
  ],
  async run(context, { object }) {
    const drive = await context.drive();
    const rows: object[] = [];
    const status = await onEach(context, object.length === 0 ? [''] : object, async (typed) => {
      const item = await drive.stat(typed, context.call);
      rows.push({
        path: itemPathOf(item) ?? typedPath(drive.resolve(typed, context.as), item),
        type: itemType(item),
        size: item.size,
        modified: item.fileSystemInfo?.lastModifiedDateTime ?? item.lastModifiedDateTime,
        created: item.fileSystemInfo?.createdDateTime ?? item.createdDateTime,
        id: item.id,
        eTag: item.eTag,
      });
    });
    await context.print(rows.length === 1 && !wantsObjects(context.flags) ? rows[0] : rows);
    return status;
  },
});

/** The typed path with the last name as the service spells it: the Live v5.0 API returns no paths. */
function typedPath({ anchor, path }: ItemRef, { name }: DriveItem): string {
  return anchor.kind === 'root' && path.length > 0 ? formatPath([...path.slice(0, -1), name]) : name;
}
