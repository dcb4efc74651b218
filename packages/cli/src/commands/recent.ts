/** `recent`: what the account used lately. */

import { collect } from '../definition/collect.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'recent',
  group: 'browse',
  access: 'read',
  summary: 'List recently used files, as whole objects',
  examples: [
    { line: 'recent -k name', note: 'only the names' },
    { line: "recent -k '{lastModifiedDateTime} {name}'", note: 'time and name, by a template' },
  ],
  async run(context) {
    const drive = await context.drive();
    await context.print(await collect(drive.recent({ signal: context.signal })));
  },
});
