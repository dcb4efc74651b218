/** `jobs`: transfers that were not finished. */
import { listTransfers } from '../../drive/index.ts';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';
import { journalOf } from '../session/journal.ts';

export const command = defineCommand({
  name: 'jobs',
  group: 'change',
  summary: 'List the transfers that were not finished',
  description:
    'An upload or a download that was stopped, by Ctrl-C, a crash or a lost network, leaves a\nnote here; a whole tree leaves one, and one for each large file in the middle. The same\nput or get goes on where it was; so does `jobs resume`.',
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
        const up = kind === 'upload' || kind === 'put-tree';
        const tree = kind === 'put-tree' || kind === 'get-tree';
        const way = up ? `${local} to ${remote}` : `${remote} to ${local}`;
        const far = tree ? `${humanSize(done)} so far` : `${humanSize(done)} of ${humanSize(size)}`;
        return `${id}  ${up ? 'upload' : 'download'}${tree ? ' of a tree' : ''} ${way}, ${far}`;
      }),
    );
  },
});
