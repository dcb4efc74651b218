/** `jobs`: lists unfinished transfers. */
import { listTransfers } from 'onedrive-kit/drive';
import { defineCommand } from '../../definition/command.ts';
import { wantsObjects } from '../../output/printer.ts';
import { humanSize } from '../../output/size.ts';
import { journalOf } from '../../session/journal.ts';

export const command = defineCommand({
  name: 'jobs_list',
  group: 'change',
  summary: 'List unfinished transfers',
  description:
    'Lists uploads and downloads that were interrupted by Ctrl-C, a crash or a lost network.\nA folder has one entry, and one for each large file in progress. To resume, run the same\nput or get again, or jobs resume.',
  lists: 'rows',
  examples: [
    { line: 'jobs', note: 'list unfinished transfers' },
    { line: 'jobs resume', note: 'resume all of them' },
    { line: 'jobs delete 1a2b3c4d5e6f7081', note: 'discard one of them' },
  ],
  async run(context) {
    const records = await listTransfers(journalOf(context, ''));
    // Without the address of the upload session, which is a secret, and the state of the hash.
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
        const route = up ? `${local} to ${remote}` : `${remote} to ${local}`;
        const progress = tree ? `${humanSize(done)} so far` : `${humanSize(done)} of ${humanSize(size)}`;
        return `${id}  ${up ? 'upload' : 'download'}${tree ? ' of a tree' : ''} ${route}, ${progress}`;
      }),
    );
  },
});
