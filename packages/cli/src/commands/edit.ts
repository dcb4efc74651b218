/** `edit`: edits a file of the drive in a local editor. */
import { bytesSink } from 'onedrive-kit/drive';
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { itemById } from 'onedrive-kit/graph';
import { localBytes, orLocalError } from '../arguments/local-file.ts';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { setting } from '../session/setting.ts';

export const command = defineCommand({
  name: 'edit',
  group: 'change',
  access: 'write',
  summary: 'Edit a file of the drive with your editor',
  description:
    'Uses the editor in VISUAL or EDITOR. Default: vi (notepad on Windows). Saving replaces\nthe file, unless it was changed in the drive meanwhile: then your copy is kept locally.',
  arguments: [{ name: 'file', description: 'path, id or URL', names: 'item' }],
  options: [
    { name: 'dry-run', short: 'n', description: 'keep the edited copy locally and do not change the drive' },
  ],
  examples: [{ line: 'edit notes.txt', note: 'edit a file and upload the result' }],
  async run(context, { file }, options) {
    if (!context.runEditor) throw new OneDriveError('not-supported', 'No editor is available here.');
    const drive = await context.drive();
    const item = await drive.stat(file, context.call);
    const sink = bytesSink();
    await drive.download(itemById(item.id), sink, { signal: context.signal });
    const before = sink.bytes();
    const folder = pathOf(context).join(context.temporary, `onedrive-edit-${uniqueSuffix(context)}`);
    const path = pathOf(context).join(folder, safeName(item.name));
    await orLocalError(context.fs.mkdir(folder, { recursive: true, mode: 0o700 }), 'write', folder);
    await writeBytes(context, path, before);
    const status = await context.runEditor(editorOf(context), path);
    if (status !== 0)
      throw new OneDriveError(
        'local-file',
        `The editor exited with status ${String(status)}; the drive was not changed.`,
      );
    const after = await readBytes(context, path);
    const copyNote = `Your edited copy is ${path}.`;
    if (options['dry-run']) return context.note(copyNote);
    if (!sameBytes(before, after)) await replace(context, item, after, copyNote);
    else await context.note('No changes.');
    await context.fs.rm(folder, { recursive: true, force: true });
  },
});

async function replace(
  context: Context,
  item: { readonly id: string; readonly name: string; readonly eTag?: string },
  bytes: Uint8Array,
  copyNote: string,
): Promise<void> {
  const drive = await context.drive();
  const fresh = await drive.stat(itemById(item.id), { signal: context.signal });
  const parent = fresh.parentReference?.id;
  if (parent === undefined)
    throw new OneDriveError('protocol', `The service did not return the folder of ${item.name}.`);
  try {
    const options = {
      signal: context.signal,
      name: fresh.name,
      conflict: 'replace',
      ifMatch: item.eTag,
    } as const;
    await context.result((await drive.upload(bytes, itemById(parent), options)).item);
  } catch (error) {
    if (!isOneDriveError(error)) throw error;
    throw new OneDriveError(error.code, error.message, { cause: error, hint: copyNote });
  }
}

function editorOf({ env, platform }: Context): string {
  return setting(env['VISUAL']) ?? setting(env['EDITOR']) ?? (platform === 'win32' ? 'notepad' : 'vi');
}

/** Unpredictable, so that no other process can create the folder first. */
function uniqueSuffix({ random, clock }: Context): string {
  const bytes = Array.from(random.bytes(8), (byte) => byte.toString(16).padStart(2, '0'));
  return `${String(clock.now())}-${bytes.join('')}`;
}

/** A local file name for the item's name, which must not contain another folder. */
const safeName = (name: string): string => name.replace(/[/\\\0]|^\.+$/g, '_');

async function writeBytes({ fs }: Context, path: string, bytes: Uint8Array): Promise<void> {
  const handle = await orLocalError(fs.open(path, 'wx', 0o600), 'write', path);
  try {
    for (let at = 0; at < bytes.byteLength; )
      at += (await orLocalError(handle.write(bytes, at, bytes.byteLength - at, null), 'write', path))
        .bytesWritten;
  } finally {
    await handle.close();
  }
}

async function readBytes(context: Context, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of localBytes(context, path)) chunks.push(chunk);
  const all = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, at) => byte === b[at]);
}
