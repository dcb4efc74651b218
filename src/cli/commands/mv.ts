/** `mv`: moves within the drive. */
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'mv',
  group: 'change',
  access: 'write',
  summary: 'Move a file or folder into another folder',
  description:
    'The name stays (rename with info_set); a name that is taken in the folder is a\nconflict (exit status 5).',
  arguments: [
    { name: 'file', description: 'path or id of what to move' },
    {
      name: 'folder',
      description: 'path or id of where to (default: the root of the drive)',
      optional: true,
    },
  ],
  examples: [
    { line: 'mv report.docx Documents', note: 'into Documents' },
    { line: `info_set report.docx '{"name": "final.docx"}'`, note: 'rename instead' },
  ],
  async run(context, { file, folder }) {
    const drive = await context.drive();
    await context.result(await drive.move(file, folder ?? '', context.call));
  },
});
