/** `cat`: the content of several files, one after another. */
import { streamSink } from 'onedrive-kit/drive';
import { onEach } from '../acting/each.ts';
import { defineCommand } from '../definition/command.ts';
import { contentElsewhere, contentWriter } from '../output/binary-guard.ts';

export const command = defineCommand({
  name: 'cat',
  group: 'browse',
  access: 'read',
  summary: 'Print the content of files, one after another',
  description:
    'The content is verified against its hash, but only after it has been written. Binary\ncontent is not written to a terminal.',
  arguments: [{ name: 'file', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  examples: [
    { line: 'cat notes.txt', note: 'one file' },
    { line: 'cat part1.csv part2.csv > all.csv', note: 'two files in one' },
  ],
  async run(context, { file }) {
    const drive = await context.drive();
    return onEach(context, file, async (one) => {
      await drive.download(
        one,
        streamSink(contentWriter(context.streams.stdout, contentElsewhere.pipe)),
        context.call,
      );
    });
  },
});
