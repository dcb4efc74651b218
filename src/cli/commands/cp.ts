/** `cp`: copies within the drive, by the service. */
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'cp',
  group: 'change',
  access: 'write',
  summary: 'Copy a file or folder into another folder',
  description:
    'The service copies; nothing is downloaded. Waits until it is done. The name stays; a\nname that is taken in the folder is a conflict (exit status 5).',
  arguments: [
    { name: 'file', description: 'path or id of what to copy' },
    {
      name: 'folder',
      description: 'path or id of where to (default: the root of the drive)',
      optional: true,
    },
  ],
  examples: [
    { line: 'cp report.docx Documents', note: 'into Documents' },
    { line: 'cp Documents/report.docx', note: 'into the root' },
  ],
  async run(context, { file, folder }) {
    const drive = await context.drive();
    await context.result(await drive.copy(file, folder ?? '', context.call));
  },
});
