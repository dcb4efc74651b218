/** `jobs rm`: gives a stopped transfer up. */
import { listTransfers } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { defineCommand } from '../definition/command.ts';
import { journalOf } from '../session/journal.ts';

export const command = defineCommand({
  name: 'jobs_rm',
  group: 'change',
  access: 'write',
  summary: 'Discard an unfinished transfer',
  description: 'Deletes its upload session or part file. Source and target are not changed.',
  arguments: [{ name: 'id', description: 'id of the job, as listed by jobs' }],
  options: [dryRunOption],
  examples: [{ line: 'jobs rm 1a2b3c4d5e6f7081', note: 'discard it' }],
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
