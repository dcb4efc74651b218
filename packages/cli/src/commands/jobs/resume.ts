/** `jobs resume`: resumes unfinished transfers. */
import { listTransfers, readTransfer, type TransferRecord } from 'onedrive-kit/drive';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { onEach } from '../../actions/each.ts';
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { exitCodes } from '../../definition/exit-codes.ts';
import { journalOf } from '../../session/journal.ts';
import { showEvents, showOne } from '../../transfer/show-events.ts';
import { progressOption } from '../../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'jobs_resume',
  group: 'change',
  access: 'write',
  summary: 'Resume unfinished transfers',
  description:
    'Without an id, resumes all transfers of this account and drive. A file that has changed\non either side is transferred from the start. In a folder, finished files are skipped.',
  arguments: [{ name: 'id', description: 'id of the job, as listed by jobs', optional: true }],
  options: [progressOption, dryRunOption],
  examples: [{ line: 'jobs resume', note: 'resume all transfers' }],
  async run(context, { id }, { progress, 'dry-run': dryRun }) {
    const scope = (await context.drive()).journalScope;
    const journal = journalOf(context, '');
    const records = id === undefined ? await listTransfers(journal) : [];
    const ids =
      id === undefined ? records.filter((record) => record.scope === scope).map((record) => record.id) : [id];
    if (dryRun) {
      await printPlan(
        context,
        ids.map((object) => ({ action: 'resume transfer', object })),
      );
      return undefined;
    }
    let status: number = exitCodes.ok;
    const failed = await onEach(context, ids, async (jobId) => {
      const record = await readTransfer(journal, jobId);
      // A folder transfer that was resumed before has finished its files.
      if (record === undefined && id === undefined) return;
      status = (await resume(context, jobId, record?.kind, progress)) || status;
    });
    return failed === exitCodes.ok ? status : failed;
  },
});

/** @returns the exit status of a folder transfer; a failed file throws. */
async function resume(
  context: Context,
  id: string,
  kind: TransferRecord['kind'] | undefined,
  progress: string,
): Promise<number> {
  const { signal } = context;
  const events = (await context.drive()).resumeEvents(id, { signal });
  const verb = kind === 'upload' || kind === 'put-tree' ? 'uploaded' : 'downloaded';
  if (kind === 'put-tree' || kind === 'get-tree')
    return await showEvents(context, events, { progress, dryRun: false, verb });
  await showOne(context, events, { progress, verb });
  return exitCodes.ok;
}
