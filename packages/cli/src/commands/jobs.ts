/** `jobs`: transfers that were not finished. */
import { listTransfers } from 'onedrive-kit/drive';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';
import { journalOf } from '../session/journal.ts';

export const command = defineCommand({
  name: 'jobs',
  group: 'change',
  summary: 'List unfinished transfers',
  description:
    'An upload or download that was interrupted by Ctrl-C, a crash or a lost network is\nlisted here; a tree has one entry, and one for each large file in progress. The same\nput or get resumes it; so does `jobs resume`.',
  examples: [
    { line: 'jobs', note: 'list them' },
    { line: 'jobs resume', note: 'resume all of them' },
    { line: 'jobs rm 1a2b3c4d5e6f7081', note: 'discard one' },
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
