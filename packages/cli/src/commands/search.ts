/** `search`: asks the index of the service. */
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
  summary: 'Search names, contents and descriptions with the index of the service',
  description: 'The index lags behind uploads and may be incomplete: find reads the drive itself.',
  arguments: [
    { name: 'text', description: 'words to look for' },
    {
      name: 'folder',
      description: 'path or id of where (default: the whole drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [{ name: 'limit', short: 'l', value: 'N', description: 'stop after this number of results' }],
  examples: [
    { line: 'search invoice', note: 'everywhere' },
    { line: "search 'annual report' Documents --table", note: 'in one folder, as a table' },
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
    const found = items.map((item) => ({ path: itemPathOf(item), item }));
    await context.print(
      wantsObjects(context.flags)
        ? found.map(({ path, item }) => ({ ...(path === undefined ? {} : { path }), ...item }))
        : found.map(({ path, item }) => styledName(item, path ?? item.name)),
    );
  },
});
