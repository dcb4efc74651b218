/** `info set`: changes properties of an object. */

import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { objectArgument } from '../../arguments/json-argument.ts';
import { defineCommand } from '../../definition/command.ts';

export const command = defineCommand({
  name: 'info_set',
  group: 'change',
  access: 'write',
  summary: 'Change the name, description or times of a file or folder',
  description:
    'JSON is an object with the properties to change, named as in the Microsoft Graph API:\nname, description (personal drives only), fileSystemInfo. @FILE reads it from a file,\n- from stdin.',
  arguments: [
    { name: 'object', description: 'path or id', names: 'item' },
    { name: 'json', description: 'properties to change as JSON, @FILE, or - for stdin' },
  ],
  options: [dryRunOption],
  examples: [
    { line: `info set a.txt '{"name": "b.txt"}'`, note: 'rename a file' },
    { line: `info set b.txt '{"description": "draft"}'`, note: 'set a description' },
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
