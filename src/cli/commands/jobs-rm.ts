/** `jobs rm`: gives a stopped transfer up. */
import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'jobs_rm',
  group: 'change',
  access: 'write',
  summary: 'Give up a transfer that was stopped',
  description: 'Its upload session or its part file is dropped. Neither source nor target is touched.',
  arguments: [{ name: 'id', description: 'of the job, as `jobs` tells it' }],
  examples: [{ line: 'jobs rm 1a2b3c4d5e6f7081', note: 'nothing of it is kept' }],
  async run(context, { id }) {
    const drive = await context.drive();
    await drive.dropTransfer(id, { signal: context.signal });
  },
});
