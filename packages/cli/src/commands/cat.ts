/** `cat`: prints the content of files. */
import { streamSink } from 'onedrive-kit/drive';
import { onEach } from '../actions/each.ts';
import { defineCommand } from '../definition/command.ts';
import { binaryHints, contentWriter } from '../output/binary-guard.ts';

export const command = defineCommand({
  name: 'cat',
  group: 'browse',
  access: 'read',
  summary: 'Print the content of files, one after another',
  description:
    'The content is verified against its hash, but only after it has been written. Binary\ncontent is not written to a terminal.',
  arguments: [{ name: 'file', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  examples: [
    { line: 'cat notes.txt', note: 'print one file' },
    { line: 'cat part1.csv part2.csv > all.csv', note: 'join two files' },
  ],
  async run(context, { file }) {
    const drive = await context.drive();
    return onEach(context, file, async (object) => {
      await drive.download(
        object,
        streamSink(contentWriter(context.streams.stdout, binaryHints.pipe)),
        context.call,
      );
    });
  },
});
