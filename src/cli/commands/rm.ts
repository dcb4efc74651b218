/** `rm`: moves objects to the recycle bin. */
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'rm',
  group: 'change',
  access: 'write',
  summary: 'Remove files and folders, to the recycle bin',
  description: 'A folder goes with all that is in it. Stops at the first object that cannot be removed.',
  arguments: [{ name: 'object', description: 'paths or ids', variadic: true }],
  examples: [
    { line: 'rm Pics/image1.jpg', note: 'one file' },
    { line: 'rm old.txt Drafts', note: 'a file and a whole folder' },
  ],
  async run(context, { object }) {
    const drive = await context.drive();
    for (const one of object) await drive.remove(one, context.call);
  },
});
