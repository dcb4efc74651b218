/** `version`: prints the version. */
import { defineCommand } from '../definition/command.ts';
import { version } from '../version.ts';

export const command = defineCommand({
  name: 'version',
  group: 'more',
  summary: 'Print the version (same as --version)',
  examples: [{ line: 'version', note: 'print the version' }],
  async run(context) {
    await context.print(version);
  },
});
