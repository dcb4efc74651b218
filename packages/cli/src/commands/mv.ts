/** `mv`: moves and renames files and folders. */

import { copyArguments, copyOptions, copyOrMove } from '../actions/copy-or-move.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'mv',
  group: 'change',
  access: 'write',
  summary: 'Move or rename files and folders',
  description:
    'If the last argument is an existing folder, moves objects into it; otherwise it is the\nnew name. With one argument the target is the root. To another drive: copies, verifies\nthe copy, then moves the original to the recycle bin.',
  arguments: copyArguments,
  options: copyOptions,
  examples: [
    { line: 'mv report.docx Documents', note: 'move into Documents' },
    { line: 'mv report.docx final.docx', note: 'rename a file' },
    { line: 'mv a.txt b.txt Archive/', note: 'move several objects into one folder' },
    { line: 'mv --conflict rename a.txt Archive', note: 'keep both files if the name is taken' },
  ],
  run: (context, { object }, options) =>
    copyOrMove(
      object,
      { verb: 'move', conflict: options.conflict as 'fail', dryRun: options['dry-run'] },
      context,
    ),
});
