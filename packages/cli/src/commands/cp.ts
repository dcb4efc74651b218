/** `cp`: copies, by the service where it can. */

import { placeArguments, placeObjects, placeOptions } from '../acting/place-objects.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'cp',
  group: 'change',
  access: 'write',
  summary: 'Copy files and folders into another folder, under a new name, or to another drive',
  description:
    'The service copies; nothing is downloaded, and the command waits until it is done. Where\nthe service cannot copy between two drives, the bytes go through this machine. Default\ntarget: the root.',
  arguments: placeArguments,
  options: placeOptions,
  examples: [
    { line: 'cp report.docx Documents', note: 'into Documents' },
    { line: 'cp Documents/report.docx', note: 'into the root' },
    { line: 'cp report.docx Documents/draft.docx', note: 'under a new name' },
    { line: 'cp a.txt b.txt Photos Backup/', note: 'several, into one folder' },
    { line: 'cp https://1drv.ms/t/s!Abc Documents', note: 'a shared file' },
  ],
  run: (context, { object }, options) =>
    placeObjects(
      object,
      { verb: 'copy', conflict: options.conflict as 'fail', dryRun: options['dry-run'] },
      context,
    ),
});
