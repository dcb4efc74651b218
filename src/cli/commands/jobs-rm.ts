/** `jobs rm`: gives a stopped transfer up. */
import { listTransfers } from '../../drive/index.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { defineCommand } from '../definition/command.ts';
import { journalOf } from '../session/journal.ts';

export const command = defineCommand({
  name: 'jobs_rm',
  group: 'change',
  access: 'write',
  summary: 'Give up a transfer that was stopped',
  description: 'Its upload session or its part file is dropped. Neither source nor target is touched.',
  arguments: [{ name: 'id', description: 'of the job, as `jobs` tells it' }],
  options: [dryRunOption],
  examples: [{ line: 'jobs rm 1a2b3c4d5e6f7081', note: 'nothing of it is kept' }],
  async run(context, { id }, options) {
    if (options['dry-run']) {
      const jobs = await listTransfers(journalOf(context, ''));
      if (!jobs.some((job) => job.id === id))
        throw new OneDriveError('not-found', `There is no stopped transfer ${id}.`, { hint: 'See: jobs' });
      return printPlan(context, [{ action: 'give up transfer', object: id }]);
    }
    const drive = await context.drive();
    await drive.dropTransfer(id, { signal: context.signal });
  },
});
