/** `info`: prints all properties of one object. */
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'info_get',
  group: 'browse',
  access: 'read',
  summary: 'Show all properties of a file or folder',
  description:
    'Prints the object as the API returns it, sorted by key. Download URLs are left out,\nbecause anyone who has one can read the file.',
  arguments: [
    {
      name: 'object',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'item',
    },
  ],
  examples: [
    { line: 'info Documents/report.docx', note: 'print all properties' },
    { line: 'info -k id Documents', note: 'print only the id' },
    { line: 'info --query file.hashes Pics/image1.jpg', note: 'print only the hashes' },
  ],
  async run(context, { object }) {
    const drive = await context.drive();
    await context.print(await drive.stat(object ?? '', context.call));
  },
});
