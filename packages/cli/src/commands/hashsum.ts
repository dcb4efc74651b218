/** `hashsum`: hashes in the form that `sha1sum -c` and its relatives read, and lists of theirs checked against the drive. */
import { createHash } from 'node:crypto';
import { type Drive, itemKind, streamSink, type WalkEntry } from 'onedrive-kit/drive';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import { onEach, tellFailure } from '../acting/each.ts';
import { bytesArgument } from '../arguments/json-argument.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import {
  formatHashLine,
  type HashKind,
  hexOfBase64,
  kindOfHash,
  parseHashLine,
  sameHash,
} from '../output/hash-lines.ts';
import { printable } from '../output/printable.ts';
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
  summary: 'Print or check hashes of files, in the form of sha1sum and sha256sum',
  description:
    'Nothing is downloaded. Business drives have quickxor only; personal ones also sha1 or\nsha256. With --download, sha1 and sha256 are computed from the content, on any drive.\nFor a folder: all files below it, with their relative paths.\n\n-c reads a list that this command or sha1sum wrote and compares it with the files of\nthe drive below the given folder (default: the root). Exits with 1 if a file differs\nor is missing. Before the command, -c is the global option --config.',
  arguments: [
    { name: 'object', description: 'paths, ids or URLs', optional: true, variadic: true, names: 'item' },
  ],
  options: [
    {
      name: 'type',
      short: 't',
      value: 'TYPE',
      choices: Object.keys(kinds),
      default: 'quickxor',
      description: 'which hash (quickxor in base64, the others in hexadecimal)',
    },
    { name: 'hex', description: 'quickxor in hexadecimal too, as rclone writes it' },
    { name: 'download', description: 'compute sha1 or sha256 from the contents' },
    { name: 'check', short: 'c', value: 'FILE', description: 'check the hashes in a list (- for stdin)' },
  ],
  examples: [
    { line: 'hashsum -t sha1 Photos > photos.sha1', note: 'then, in a copy: sha1sum -c photos.sha1' },
    { line: 'hashsum -t sha256 --download Plans', note: 'on a business drive' },
    { line: 'hashsum -c photos.sha1 Photos', note: 'check them later' },
  ],
  async run(context, { object }, { type, hex, download, check }) {
    if (check === undefined && object.length === 0)
      throw new OneDriveError('usage', 'Missing argument: files or folders.');
    if ((await context.live()) !== undefined && !download)
      throw new OneDriveError('not-supported', 'The Live v5.0 API has no hashes of files.', {
        hint: 'Use --download to compute them.',
      });
    const drive = await context.drive();
    const how: How = { drive, context, kind: type as HashKind, hex, download };
    if (check !== undefined) return checkList(how, check, object);
    return onEach(context, object, async (one) => {
      const top = await drive.stat(one, context.call);
      if (itemKind(top) === 'file') return line(how, top, one.replace(/^\/+/, ''));
      for await (const { item, path } of filesBelow(how, one)) await line(how, item, path.join('/'));
    });
  },
});

interface How {
  readonly drive: Drive;
  readonly context: Context;
  readonly kind: HashKind;
  readonly hex: boolean;
  readonly download: boolean;
}

async function* filesBelow({ drive, context, download }: How, folder: string): AsyncGenerator<WalkEntry> {
  // A content is found by the address that comes with the whole item.
  const wanted = download ? {} : { select: ['file', 'size'] };
  for await (const entry of drive.subtree(folder, { ...context.call, ...wanted }))
    if (itemKind(entry.item) === 'file') yield entry;
}

async function line(how: How, item: DriveItem, path: string): Promise<void> {
  const { context } = how;
  const hash = await hashOf(how, item, path);
  if (wantsObjects(context.flags)) return context.print({ path, hash });
  await context.streams.stdout.write(formatHashLine({ hash, path }));
}

/** @throws OneDriveError `not-supported` for a hash that the service does not tell. */
async function hashOf(how: How, item: DriveItem, path: string): Promise<string> {
  const { kind, hex } = how;
  const found = how.download ? await contentHash(how, item) : item.file?.hashes?.[kinds[kind]];
  if (found === undefined) {
    throw new OneDriveError('not-supported', `The service has no ${kinds[kind]} of ${path}.`, {
      hint: 'Try another --type (business drives have quickxor only), or --download.',
    });
  }
  if (kind === 'quickxor') return hex ? hexOfBase64(found) : found;
  return found.toLowerCase();
}

async function contentHash({ drive, context, kind }: How, item: DriveItem): Promise<string | undefined> {
  if (kind === 'crc32')
    throw new OneDriveError('usage', '--download computes sha1, sha256 and quickxor only.');
  const digest = createHash(kind === 'sha1' ? 'sha1' : 'sha256');
  const sink = streamSink(async (bytes) => void digest.update(bytes));
  const { hash } = await drive.download(item.id, sink, { item, as: 'id', signal: context.signal });
  return kind === 'quickxor' ? hash : digest.digest('hex');
}

/** Says OK or FAILED of each line, as `sha1sum -c` does. @returns the exit status. */
async function checkList(how: How, file: string, folders: readonly string[]): Promise<number> {
  const { context } = how;
  const [folder = '', another] = folders;
  if (another !== undefined) throw new OneDriveError('usage', 'A list is checked below one folder.');
  const text = await textOf(context, file);
  const wanted = text.split('\n').flatMap((one) => parseHashLine(one.replace(/\r$/, '')) ?? []);
  if (wanted.length === 0)
    throw new OneDriveError('usage', `${file} has no line of a hash and a path, as sha1sum writes them.`);
  const there = new Map<string, DriveItem>();
  for await (const entry of filesBelow(how, folder)) there.set(entry.path.join('/'), entry.item);
  const results: { readonly path: string; readonly result: 'ok' | 'failed' | 'missing' }[] = [];
  for (const one of wanted) {
    const item = there.get(one.path.replace(/^\.?\/+/, ''));
    const kind = how.kind === 'quickxor' && how.hex ? 'quickxor' : kindOfHash(one.hash);
    const result = item === undefined ? 'missing' : await compared({ ...how, kind }, item, one);
    results.push({ path: one.path, result });
    if (!wantsObjects(context.flags))
      await context.streams.stdout.write(`${printable(one.path)}: ${result === 'ok' ? 'OK' : 'FAILED'}\n`);
  }
  if (wantsObjects(context.flags)) await context.print(results);
  const bad = results.filter(({ result }) => result !== 'ok').length;
  if (bad > 0) await context.note(`${bad} of ${results.length} files are missing or differ.`);
  return bad > 0 ? exitCodes.failure : exitCodes.ok;
}

/** The text of a list; `-` is stdin. @throws OneDriveError `local-file`. */
async function textOf(context: Context, file: string): Promise<string> {
  return new TextDecoder().decode(await bytesArgument(file === '-' ? '-' : `@${file}`, context));
}

async function compared(
  how: How,
  item: DriveItem,
  { hash, path }: { readonly hash: string; readonly path: string },
) {
  try {
    return sameHash(await hashOf(how, item, path), hash) ? 'ok' : 'failed';
  } catch (error) {
    if (!isOneDriveError(error) || how.context.signal.aborted) throw error;
    await tellFailure(how.context, error);
    return 'failed';
  }
}
