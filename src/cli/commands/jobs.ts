/** `jobs`: transfers that were not finished. */
import { listTransfers } from '../../drive/index.ts';
import { defineCommand } from '../command.ts';
import { journalOf } from '../journal.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'jobs',
  group: 'change',
  summary: 'List the transfers that were not finished',
  description:
    'An upload or a download of more than 4 MiB that was stopped, by Ctrl-C, a crash or a\nlost network, leaves a note here. The same put or get goes on where it was; so does\n`jobs resume`.',
  examples: [
    { line: 'jobs', note: 'what is unfinished' },
    { line: 'jobs resume', note: 'go on with all of them' },
    { line: 'jobs rm 1a2b3c4d5e6f7081', note: 'give one up' },
  ],
  async run(context) {
    const records = await listTransfers(journalOf(context, ''));
    // The address of an upload session is a secret; the state of the hash interests nobody.
    const shown = records.map(({ id, kind, local, remote, size, done, startedAt, updatedAt, scope }) => ({
      ...{ id, kind, local, remote, size, done, scope },
      started: new Date(startedAt).toISOString(),
      updated: new Date(updatedAt).toISOString(),
    }));
    if (wantsObjects(context.flags)) return context.print(shown);
    await context.print(
      shown.map(({ id, kind, local, remote, size, done }) => {
        const way = kind === 'upload' ? `${local} to ${remote}` : `${remote} to ${local}`;
        return `${id}  ${kind} ${way}, ${humanSize(done)} of ${humanSize(size)}`;
      }),
    );
  },
});
