/** `recent`: lists recently used files. */

import { collect } from '../definition/collect.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'recent',
  group: 'browse',
  access: 'read',
  summary: 'List recently used files, with all properties',
  examples: [
    { line: 'recent -k name', note: 'print only the names' },
    { line: "recent -k '{lastModifiedDateTime} {name}'", note: 'print time and name' },
  ],
  async run(context) {
    const drive = await context.drive();
    await context.print(await collect(drive.recent({ signal: context.signal })));
  },
});
