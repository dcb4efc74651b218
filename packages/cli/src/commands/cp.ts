/** `cp`: copies files and folders, within the service if possible. */

import { copyArguments, copyOptions, copyOrMove } from '../actions/copy-or-move.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'cp',
  group: 'change',
  access: 'write',
  summary: 'Copy files and folders to a folder, a new name, or another drive',
  description:
    'The service copies, without a download, and the command waits until the copy is done.\nIf the service cannot copy between two drives, the bytes go through this machine. With\none argument the target is the root.',
  arguments: copyArguments,
  options: copyOptions,
  examples: [
    { line: 'cp report.docx Documents', note: 'copy into Documents' },
    { line: 'cp Documents/report.docx', note: 'copy into the root' },
    { line: 'cp report.docx Documents/draft.docx', note: 'copy under a new name' },
    { line: 'cp a.txt b.txt Photos Backup/', note: 'copy several objects into one folder' },
    { line: 'cp https://1drv.ms/t/s!Abc Documents', note: 'copy a shared file' },
  ],
  run: (context, { object }, options) =>
    copyOrMove(
      object,
      { verb: 'copy', conflict: options.conflict as 'fail', dryRun: options['dry-run'] },
      context,
    ),
});
