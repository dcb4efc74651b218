/** `mv`: moves and renames. */

import { placeArguments, placeObjects, placeOptions } from '../acting/place-objects.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'mv',
  group: 'change',
  access: 'write',
  summary: 'Move or rename files and folders',
  description:
    'If the last argument is an existing folder, objects are moved into it; otherwise it is\nthe new name. Default target: the root. To another drive: copies, verifies the copy,\nthen moves the original to the recycle bin.',
  arguments: placeArguments,
  options: placeOptions,
  examples: [
    { line: 'mv report.docx Documents', note: 'into Documents' },
    { line: 'mv report.docx final.docx', note: 'rename' },
    { line: 'mv a.txt b.txt Archive/', note: 'several, into one folder' },
    { line: 'mv --conflict rename a.txt Archive', note: 'keep both where the name is taken' },
  ],
  run: (context, { object }, options) =>
    placeObjects(
      object,
      { verb: 'move', conflict: options.conflict as 'fail', dryRun: options['dry-run'] },
      context,
    ),
});
