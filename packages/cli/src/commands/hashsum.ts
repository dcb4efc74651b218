/** `hashsum`: prints hashes in the format of `sha1sum`, or checks such a list against the drive. */
import { createHash } from 'node:crypto';
import { type Drive, itemKind, streamSink, type WalkEntry } from 'onedrive-kit/drive';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import type { DriveItem } from 'onedrive-kit/graph';
import { onEach, reportFailure } from '../actions/each.ts';
import { type UnplacedItems, unplacedItems } from '../actions/unplaced-items.ts';
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
  summary: 'Print or check hashes of files, in the format of sha1sum',
  description:
    'Prints the hashes that the service stores, without a download: quickxor on business\ndrives, also sha1 or sha256 on personal ones. --download computes sha1 or sha256 from\nthe content, on any drive. For a folder, prints all files below it with relative paths.\n\n-c compares a list that this command or sha1sum wrote with the files below the given\nfolder (default: the root). Exits with 1 if a file differs or is missing. Before the\ncommand name, -c is the global option --config.',
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
      description: 'type of hash; quickxor is printed in base64, the others in hexadecimal',
    },
    { name: 'hex', description: 'print quickxor in hexadecimal too, like rclone' },
    { name: 'download', description: 'compute sha1 or sha256 from the content' },
    { name: 'check', short: 'c', value: 'FILE', description: 'check the hashes in a list (- for stdin)' },
  ],
  examples: [
    {
      line: 'hashsum -t sha1 Photos > photos.sha1',
      note: 'write a list; to check a local copy: sha1sum -c photos.sha1',
    },
    { line: 'hashsum -t sha256 --download Plans', note: 'compute sha256, on a business drive' },
    { line: 'hashsum -c photos.sha1 Photos', note: 'check the drive against a list' },
  ],
  async run(context, { object }, { type, hex, download, check }) {
    if (check === undefined && object.length === 0)
      throw new OneDriveError('usage', 'Missing argument: a file or folder.');
    if ((await context.live()) !== undefined && !download)
      throw new OneDriveError('not-supported', 'The Live v5.0 API has no file hashes.', {
        hint: 'Add --download to compute them from the content.',
      });
    const drive = await context.drive();
    const unplaced = unplacedItems(context);
    const options: HashOptions = { drive, context, unplaced, kind: type as HashKind, hex, download };
    if (check !== undefined) return checkList(options, check, object);
    const status = await onEach(context, object, async (path) => {
      const top = await drive.stat(path, context.call);
      if (itemKind(top) === 'file') return line(options, top, path.replace(/^\/+/, ''));
      for await (const file of filesBelow(options, path)) await line(options, file.item, file.path.join('/'));
    });
    const incomplete = await unplaced.report();
    return status || incomplete;
  },
});

interface HashOptions {
  readonly drive: Drive;
  readonly context: Context;
  readonly unplaced: UnplacedItems;
  readonly kind: HashKind;
  readonly hex: boolean;
  readonly download: boolean;
}

async function* filesBelow(
  { drive, context, unplaced, download }: HashOptions,
  folder: string,
): AsyncGenerator<WalkEntry> {
  // The download address is part of the whole item only.
  const selected = { onUnplaced: unplaced.onUnplaced, ...(download ? {} : { select: ['file', 'size'] }) };
  for await (const entry of drive.subtree(folder, { ...context.call, ...selected }))
    if (itemKind(entry.item) === 'file') yield entry;
}

async function line(options: HashOptions, item: DriveItem, path: string): Promise<void> {
  const { context } = options;
  const hash = await hashOf(options, item, path);
  if (wantsObjects(context.flags)) return context.print({ path, hash });
  await context.streams.stdout.write(formatHashLine({ hash, path }));
}

/** @throws OneDriveError `not-supported` if the service does not report this hash. */
async function hashOf(options: HashOptions, item: DriveItem, path: string): Promise<string> {
  const { kind, hex } = options;
  const hash = options.download ? await contentHash(options, item) : item.file?.hashes?.[kinds[kind]];
  if (hash === undefined) {
    throw new OneDriveError('not-supported', `The service has no ${kinds[kind]} for ${path}.`, {
      hint: 'Try another --type (business drives have quickxor only), or --download.',
    });
  }
  if (kind === 'quickxor') return hex ? hexOfBase64(hash) : hash;
  return hash.toLowerCase();
}

async function contentHash(
  { drive, context, kind }: HashOptions,
  item: DriveItem,
): Promise<string | undefined> {
  if (kind === 'crc32') throw new OneDriveError('usage', '--download cannot compute crc32.');
  const digest = createHash(kind === 'sha1' ? 'sha1' : 'sha256');
  const sink = streamSink(async (bytes) => void digest.update(bytes));
  const { hash } = await drive.download(item.id, sink, { item, as: 'id', signal: context.signal });
  return kind === 'quickxor' ? hash : digest.digest('hex');
}

/** Prints OK or FAILED for each line, like `sha1sum -c`. @returns the exit status. */
async function checkList(options: HashOptions, file: string, folders: readonly string[]): Promise<number> {
  const { context } = options;
  const [folder = '', another] = folders;
  if (another !== undefined) throw new OneDriveError('usage', 'A list can be checked below one folder only.');
  const text = await textOf(context, file);
  const listed = text.split('\n').flatMap((row) => parseHashLine(row.replace(/\r$/, '')) ?? []);
  if (listed.length === 0)
    throw new OneDriveError(
      'usage',
      `${file} contains no line with a hash and a path in the format of sha1sum.`,
    );
  const present = new Map<string, DriveItem>();
  for await (const entry of filesBelow(options, folder)) present.set(entry.path.join('/'), entry.item);
  const results: { readonly path: string; readonly result: 'ok' | 'failed' | 'missing' }[] = [];
  for (const entry of listed) {
    const item = present.get(entry.path.replace(/^\.?\/+/, ''));
    const kind = options.kind === 'quickxor' && options.hex ? 'quickxor' : kindOfHash(entry.hash);
    const result = item === undefined ? 'missing' : await compare({ ...options, kind }, item, entry);
    results.push({ path: entry.path, result });
    if (!wantsObjects(context.flags))
      await context.streams.stdout.write(`${printable(entry.path)}: ${result === 'ok' ? 'OK' : 'FAILED'}\n`);
  }
  if (wantsObjects(context.flags)) await context.print(results);
  const failures = results.filter(({ result }) => result !== 'ok').length;
  if (failures > 0) await context.note(`${failures} of ${results.length} files are missing or differ.`);
  const status = await options.unplaced.report();
  return failures > 0 ? exitCodes.failure : status;
}

/** The text of a list; `-` is stdin. @throws OneDriveError `local-file`. */
async function textOf(context: Context, file: string): Promise<string> {
  return new TextDecoder().decode(await bytesArgument(file === '-' ? '-' : `@${file}`, context));
}

async function compare(
  options: HashOptions,
  item: DriveItem,
  { hash, path }: { readonly hash: string; readonly path: string },
) {
  try {
    return sameHash(await hashOf(options, item, path), hash) ? 'ok' : 'failed';
  } catch (error) {
    if (!isOneDriveError(error) || options.context.signal.aborted) throw error;
    await reportFailure(options.context, error);
    return 'failed';
  }
}
