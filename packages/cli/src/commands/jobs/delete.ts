/** `jobs delete`: discards an unfinished transfer. */
import { listTransfers } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { defineCommand } from '../../definition/command.ts';
import { journalOf } from '../../session/journal.ts';

export const command = defineCommand({
  name: 'jobs_delete',
  group: 'change',
  access: 'write',
  summary: 'Discard an unfinished transfer',
  description: 'Deletes the upload session or part file. Source and target files are not changed.',
  arguments: [{ name: 'id', description: 'id of the job, as listed by jobs' }],
  options: [dryRunOption],
  examples: [{ line: 'jobs delete 1a2b3c4d5e6f7081', note: 'discard one transfer' }],
  async run(context, { id }, options) {
    if (options['dry-run']) {
      const jobs = await listTransfers(journalOf(context, ''));
      if (!jobs.some((job) => job.id === id))
        throw new OneDriveError('not-found', `There is no unfinished transfer ${id}.`, {
          hint: 'To list them: onedrive-cli jobs',
        });
      return printPlan(context, [{ action: 'discard transfer', object: id }]);
    }
    const drive = await context.drive();
    await drive.dropTransfer(id, { signal: context.signal });
  },
});
