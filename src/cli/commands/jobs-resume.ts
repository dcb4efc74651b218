/** `jobs resume`: goes on with transfers that were stopped. */
import { listTransfers } from '../../drive/index.ts';
import { defineCommand } from '../command.ts';
import { onEach } from '../each.ts';
import { journalOf } from '../journal.ts';
import { progressBar } from '../output/progress.ts';

export const command = defineCommand({
  name: 'jobs_resume',
  group: 'change',
  access: 'write',
  summary: 'Go on with transfers that were stopped',
  description:
    'Without an id: with all of this account and drive. What has changed meanwhile, here or\nthere, is transferred from the start.',
  arguments: [{ name: 'id', description: 'of the job, as `jobs` tells it', optional: true }],
  examples: [{ line: 'jobs resume', note: 'all of them' }],
  async run(context, { id }) {
    const drive = await context.drive();
    const { streams, clock, flags } = context;
    const scope = drive.journalScope;
    const found = id === undefined ? await listTransfers(journalOf(context, '')) : [];
    const ids = id === undefined ? found.filter((one) => one.scope === scope).map((one) => one.id) : [id];
    return onEach(context, ids, async (one) => {
      const bar = progressBar({ stderr: streams.stderr, clock, quiet: flags.quiet, label: one });
      try {
        const { item } = await drive.resumeTransfer(one, {
          signal: context.signal,
          onProgress: ({ loaded, total }) => bar.update(loaded, total),
        });
        await context.result(item);
      } finally {
        await bar.end();
      }
    });
  },
});
