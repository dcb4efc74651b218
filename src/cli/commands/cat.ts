/** `cat`: the content of several files, one after another. */
import { streamSink } from '../../drive/index.ts';
import { onEach } from '../acting/each.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'cat',
  group: 'browse',
  access: 'read',
  summary: 'Print the content of files, one after another',
  description: 'What goes to stdout is checked against the hash of the service at its end.',
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
        streamSink((bytes) => context.streams.stdout.write(bytes)),
        context.call,
      );
    });
  },
});
