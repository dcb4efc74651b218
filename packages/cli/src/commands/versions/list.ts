/** `versions list`: lists the versions of a file. */
import { listVersions } from 'onedrive-kit/graph';
import { graphItem } from '../../arguments/graph-item.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';
import { humanSize } from '../../output/size.ts';

export const command = defineCommand({
  name: 'versions_list',
  group: 'browse',
  access: 'read',
  summary: 'List the versions of a file, newest first',
  lists: 'lines',
  arguments: [{ name: 'file', description: 'path, id or URL', names: 'item' }],
  examples: [
    { line: 'versions list report.docx', note: 'list the versions; the first is the current one' },
    { line: 'versions list report.docx --table', note: 'print a table' },
  ],
  async run(context, { file }) {
    const item = await graphItem(file, context, 'versions of files');
    const versions = await collect(listVersions(...item, { signal: context.signal }));
    if (wantsObjects(context.flags)) return context.print(versions);
    await context.print(
      versions.map(
        ({ id, size = 0, lastModifiedDateTime = '' }) => `${id}  ${lastModifiedDateTime}  ${humanSize(size)}`,
      ),
    );
  },
});
