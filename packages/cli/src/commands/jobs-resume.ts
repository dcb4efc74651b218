/** `jobs resume`: goes on with transfers that were stopped. */
import { listTransfers, readTransfer, type TransferRecord } from 'onedrive-kit/drive';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { onEach } from '../acting/each.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import { journalOf } from '../session/journal.ts';
import { showEvents, showOne } from '../transfer/show-events.ts';
import { progressOption } from '../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'jobs_resume',
  group: 'change',
  access: 'write',
  summary: 'Resume unfinished transfers',
  description:
    'Without an id: all transfers of this account and drive. A file that has changed on\neither side is transferred from the start. In a tree, finished files are skipped.',
  arguments: [{ name: 'id', description: 'id of the job, as listed by jobs', optional: true }],
  options: [progressOption, dryRunOption],
  examples: [{ line: 'jobs resume', note: 'all of them' }],
  async run(context, { id }, { progress, 'dry-run': dryRun }) {
    const scope = (await context.drive()).journalScope;
    const journal = journalOf(context, '');
    const found = id === undefined ? await listTransfers(journal) : [];
    const ids = id === undefined ? found.filter((one) => one.scope === scope).map((one) => one.id) : [id];
    if (dryRun) {
      await printPlan(
        context,
        ids.map((object) => ({ action: 'go on with transfer', object })),
      );
      return undefined;
    }
    let status: number = exitCodes.ok;
    const failed = await onEach(context, ids, async (one) => {
      const record = await readTransfer(journal, one);
      // A tree that was gone on with before has finished its files.
      if (record === undefined && id === undefined) return;
      status = (await goOn(context, one, record?.kind, progress)) || status;
    });
    return failed === exitCodes.ok ? status : failed;
  },
});

/** @returns the exit status of a tree; a file that fails throws. */
async function goOn(
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
