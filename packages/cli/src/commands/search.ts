/** `search`: queries the search index of the service. */
import { itemPathOf } from 'onedrive-kit/internal/drive/address/item-path';
import { collect } from '../definition/collect.ts';
import { defineCommand } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { wantsObjects } from '../output/printer.ts';
import { styledName } from '../output/styled.ts';

export const command = defineCommand({
  name: 'search',
  group: 'browse',
  access: 'read',
  summary: 'Search names, content and descriptions in the index of the service',
  description: 'The index lags behind uploads and may be incomplete; find reads the drive itself.',
  lists: 'lines',
  arguments: [
    { name: 'text', description: 'words to search for' },
    {
      name: 'folder',
      description: 'path or id of the folder to search (default: the whole drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'limit', formerly: ['-l'], value: 'N', description: 'stop after this number of results' },
  ],
  examples: [
    { line: 'search invoice', note: 'search the whole drive' },
    { line: "search 'annual report' Documents --table", note: 'search one folder and print a table' },
  ],
  async run(context, { text, folder }, { limit }) {
    const drive = await context.drive();
    const items = await collect(
      drive.search(text, {
        ...context.call,
        within: folder,
        limit: limit === undefined ? undefined : wholeNumber(limit, '--limit'),
      }),
    );
    const results = items.map((item) => ({ path: itemPathOf(item), item }));
    await context.print(
      wantsObjects(context.flags)
        ? results.map(({ path, item }) => ({ ...(path === undefined ? {} : { path }), ...item }))
        : results.map(({ path, item }) => styledName(item, path ?? item.name)),
    );
  },
});
