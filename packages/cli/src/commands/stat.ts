/** `stat`: the facts of several objects, in one line or a table each. */

import { formatPath } from 'onedrive-kit/drive';
import type { DriveItem, ItemRef } from 'onedrive-kit/graph';
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import { onEach } from '../acting/each.ts';
import { defineCommand } from '../definition/command.ts';
import { itemType } from '../output/item-type.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'stat',
  group: 'browse',
  access: 'read',
  summary: 'Show type, size, times and id of files and folders',
  description: 'The short form of info, of as many objects as are named.',
  arguments: [{ name: 'object', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  examples: [
    { line: 'stat a.txt Documents', note: 'two objects' },
    { line: 'stat -k id a.txt', note: 'only the id' },
    { line: 'stat --columns path,size,modified a.txt b.txt', note: 'a table' },
  ],
  async run(context, { object }) {
    const drive = await context.drive();
    const found: object[] = [];
    const status = await onEach(context, object.length === 0 ? [''] : object, async (one) => {
      const item = await drive.stat(one, context.call);
      found.push({
        path: itemPathOf(item) ?? typedPath(drive.resolve(one, context.as), item),
        type: itemType(item),
        size: item.size,
        modified: item.fileSystemInfo?.lastModifiedDateTime ?? item.lastModifiedDateTime,
        created: item.fileSystemInfo?.createdDateTime ?? item.createdDateTime,
        id: item.id,
        eTag: item.eTag,
      });
    });
    await context.print(found.length === 1 && !wantsObjects(context.flags) ? found[0] : found);
    return status;
  },
});

/** Live v5.0 tells no paths: what was typed then, with the last name as the service spells it. */
function typedPath({ anchor, path }: ItemRef, { name }: DriveItem): string {
  return anchor.kind === 'root' && path.length > 0 ? formatPath([...path.slice(0, -1), name]) : name;
}
