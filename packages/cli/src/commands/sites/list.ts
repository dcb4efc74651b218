/** `sites list`: finds SharePoint sites by name. */
import { searchSites } from 'onedrive-kit/graph';
import { graphOnly } from '../../arguments/graph-only.ts';
import { collect } from '../../definition/collect.ts';
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';

export const command = defineCommand({
  name: 'sites_list',
  group: 'browse',
  access: 'read',
  summary: 'Search SharePoint sites (work and school accounts)',
  lists: 'rows',
  arguments: [{ name: 'text', description: 'words of the name, or * for all sites' }],
  examples: [
    { line: 'sites list team', note: 'find sites by a word of their name' },
    { line: "sites list '*' --columns displayName,webUrl", note: 'list all sites that you can access' },
  ],
  async run(context, { text }) {
    const sites = await collect(
      searchSites(await graphOnly(context, 'sites'), text, { signal: context.signal }),
    );
    await context.print(
      wantsObjects(context.flags)
        ? sites
        : sites.map(({ id, displayName, name, webUrl }) => ({ name: displayName ?? name, url: webUrl, id })),
    );
  },
});
