/** `info_set`: changes what can be changed about an object. */

import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { objectArgument } from '../arguments/json-argument.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'info_set',
  group: 'change',
  access: 'write',
  summary: 'Change the name, description or times of a file or folder',
  description:
    'JSON is an object with what to change, in the words of Microsoft Graph: name,\ndescription (personal drives), fileSystemInfo. @FILE reads it from a file, - from\nstdin.',
  arguments: [
    { name: 'object', description: 'path or id', names: 'item' },
    { name: 'json', description: 'what to change, or @FILE, or -' },
  ],
  options: [dryRunOption],
  examples: [
    { line: `info_set a.txt '{"name": "b.txt"}'`, note: 'rename' },
    { line: `info_set b.txt '{"description": "draft"}'`, note: 'describe' },
  ],
  async run(context, { object, json }, options) {
    const change = await objectArgument(json, 'json', context);
    const drive = await context.drive();
    if (options['dry-run']) {
      await drive.stat(object, context.call);
      return printPlan(context, [{ action: 'change', object, change }]);
    }
    await context.result(await drive.update(object, change, context.call));
  },
});
