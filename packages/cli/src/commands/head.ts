/** `head`: prints the beginning of a file without downloading the rest. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { binaryHints, contentWriter } from '../output/binary-guard.ts';

/** Bytes per request while counting lines. */
const chunkSize = 16 << 10;

export const command = defineCommand({
  name: 'head',
  group: 'browse',
  access: 'read',
  summary: 'Print the first lines or bytes of a file',
  description: 'Downloads only the printed part, and up to 16 KiB more.',
  arguments: [{ name: 'file', description: 'path, id or URL', names: 'item' }],
  options: [
    { name: 'lines', short: 'n', value: 'N', description: 'number of lines [10]' },
    { name: 'bytes', formerly: ['-b'], value: 'N', description: 'number of bytes, instead of lines' },
  ],
  examples: [
    { line: 'head log.txt', note: 'print the first ten lines' },
    { line: 'head --bytes 16 image.iso', note: 'print the first 16 bytes' },
  ],
  async run(context, { file }, { lines, bytes }) {
    if (lines !== undefined && bytes !== undefined)
      throw new OneDriveError('usage', '--lines and --bytes cannot be used together.');
    if (bytes === undefined) return printLines(context, file, wholeNumber(lines ?? '10', '--lines'));
    const last = wholeNumber(bytes, '--bytes') - 1;
    const write = contentWriter(context.streams.stdout, binaryHints.pipe);
    await write(await part(context, file, 0, last));
  },
});

async function printLines(context: Context, file: string, count: number): Promise<void> {
  const write = contentWriter(context.streams.stdout, binaryHints.pipe);
  let left = count;
  for (let at = 0; left > 0; at += chunkSize) {
    const chunk = await part(context, file, at, at + chunkSize - 1);
    let end = 0;
    while (left > 0) {
      const newline = chunk.indexOf(10, end);
      if (newline === -1) break;
      end = newline + 1;
      left -= 1;
    }
    await write(left === 0 ? chunk.subarray(0, end) : chunk);
    if (chunk.byteLength < chunkSize) return;
  }
}

/** A byte range of the file; shorter at its end, empty beyond it. */
async function part(context: Context, file: string, first: number, last: number): Promise<Uint8Array> {
  const drive = await context.drive();
  const { size = 0 } = await drive.stat(file, context.call);
  if (first >= size) return new Uint8Array(0);
  return drive.read(file, { ...context.call, range: { first, last: Math.min(last, size - 1) } });
}
