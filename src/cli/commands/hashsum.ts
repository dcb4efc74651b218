/** `hashsum`: hashes in the form that `sha1sum -c` and its relatives read. */
import { itemKind } from '../../drive/item-kind.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { onEach } from '../each.ts';
import { wantsObjects } from '../output/printer.ts';

const kinds = {
  quickxor: 'quickXorHash',
  sha1: 'sha1Hash',
  sha256: 'sha256Hash',
  crc32: 'crc32Hash',
} as const;

export const command = defineCommand({
  name: 'hashsum',
  group: 'browse',
  access: 'read',
  summary: 'Print the hashes that the service has of files, as sha1sum -c reads them',
  description:
    'Nothing is downloaded. Business drives tell quickxor only; personal ones sha1 or sha256\ntoo. Of a folder: all files below it, with their paths from there.',
  arguments: [{ name: 'object', description: 'paths, ids or URLs', variadic: true, names: 'item' }],
  options: [
    {
      name: 'type',
      short: 't',
      value: 'TYPE',
      choices: Object.keys(kinds),
      default: 'quickxor',
      description: 'which hash (quickxor in base64, the others in hexadecimal)',
    },
  ],
  examples: [
    { line: 'hashsum -t sha1 Photos > photos.sha1', note: 'then, in a copy: sha1sum -c photos.sha1' },
    { line: 'hashsum report.docx', note: 'one file' },
  ],
  async run(context, { object }, { type }) {
    const kind = kinds[type as keyof typeof kinds];
    const drive = await context.drive();
    return onEach(context, object, async (one) => {
      const top = await drive.stat(one, context.call);
      if (itemKind(top) === 'file') return line(context, top, one.replace(/^\/+/, ''), kind);
      for await (const { item, path } of drive.subtree(one, { ...context.call, select: ['file', 'size'] }))
        if (itemKind(item) === 'file') await line(context, item, path.join('/'), kind);
    });
  },
});

async function line(
  context: Context,
  item: DriveItem,
  path: string,
  kind: (typeof kinds)[keyof typeof kinds],
): Promise<void> {
  const found = item.file?.hashes?.[kind];
  if (found === undefined) {
    throw new OneDriveError('not-supported', `The service tells no ${kind} of ${path}.`, {
      hint: 'Try another --type: business drives have quickxor only.',
    });
  }
  const hash = kind === 'quickXorHash' ? found : found.toLowerCase();
  if (wantsObjects(context.flags)) return context.print({ path, hash });
  // The tools of GNU escape a backslash and a newline in a name, and mark the line by a backslash.
  const escapedPath = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  await context.streams.stdout.write(`${escapedPath === path ? '' : '\\'}${hash}  ${escapedPath}\n`);
}
