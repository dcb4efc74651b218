/** `ls`: lists the names in a folder. */
import { collect } from '../definition/collect.ts';
import { defineCommand } from '../definition/command.ts';
import { listRange } from '../definition/list-range.ts';
import { byCodeUnit } from '../output/human.ts';
import { wantsObjects } from '../output/printer.ts';
import { styledName } from '../output/styled.ts';

export const command = defineCommand({
  name: 'ls',
  group: 'browse',
  access: 'read',
  summary: 'List a folder',
  description: 'Prints names, sorted. --objects, --json, --query and --object-key print whole objects.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    {
      name: 'range',
      short: 'r',
      value: 'RANGE',
      description: 'print a part of the list, in the order of the service: LIMIT, OFFSET- or OFFSET-LIMIT',
    },
    { name: 'objects', short: 'o', description: 'print whole objects, not only names' },
  ],
  examples: [
    { line: 'ls', note: 'list the root' },
    { line: 'ls -r 20-10 Pics', note: 'list ten entries after the first twenty' },
    { line: "ls -k '{name}: {size}' Pics", note: 'print names and sizes' },
  ],
  async run(context, { folder }, options) {
    const range = options.range === undefined ? {} : listRange(options.range);
    const drive = await context.drive();
    const items = await collect(drive.list(folder ?? '', context.call), range);
    items.sort((a, b) => byCodeUnit(a.name, b.name));
    const whole = options.objects || wantsObjects(context.flags);
    await context.print(whole ? items : items.map((item) => styledName(item)));
  },
});
