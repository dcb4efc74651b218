/** `open`: opens the web page of a file or folder in the browser. */
import { OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'open',
  group: 'browse',
  access: 'read',
  summary: 'Open the web page of a file or folder in the browser',
  description: 'Prints the address instead if there is no browser, or with --print.',
  arguments: [
    {
      name: 'object',
      description: 'path, id or URL (default: the root of the drive)',
      ...{ optional: true, names: 'item' },
    },
  ],
  options: [{ name: 'print', description: 'print the address instead of opening it' }],
  examples: [
    { line: 'open Documents', note: 'open a folder in the browser' },
    { line: 'open --print report.docx', note: 'print the address of a file' },
  ],
  async run(context, { object = '' }, { print }) {
    const { webUrl } = await (await context.drive()).stat(object, context.call);
    if (webUrl === undefined) throw new OneDriveError('not-supported', `${object} has no web page.`);
    if (!print && context.streams.stdout.isTTY && (await context.openBrowser(webUrl))) return;
    await context.print(webUrl);
  },
});
