/** Uploads one file of a tree, unless the drive already has it or its name belongs to another item. */
import { isOneDriveError, OneDriveError } from '../../../errors/index.ts';
import type { ItemRef } from '../../../graph/item-ref.ts';
import { below } from '../../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import type { FileStat } from '../../../platform/file-system.ts';
import { saysMissing } from '../../explain-missing.ts';
import { holdsItems } from '../../item-kind.ts';
import { pathSource } from '../path-source.ts';
import type { FileTarget } from './file-sender.ts';
import { otherKind, type PutTask, type RemotePlace, type ToPut } from './put-task.ts';
import { alreadyUploaded } from './same-content.ts';
import { collision, sameName } from './siblings.ts';

interface FileToPut extends ToPut {
  readonly stat: FileStat;
}

/** Uploads a file, or reports why it is not uploaded. Resolves when another file can be submitted. */
export async function putFile(task: PutTask, file: FileToPut, place: RemotePlace): Promise<void> {
  const { pool } = task;
  await pool.submit(file.path, async (signal) => {
    try {
      await putOne(task, file, place, signal);
    } catch (error) {
      if (!isDenied(error)) throw error;
      const message = 'permission to read it is denied';
      await pool.emit({ type: 'omitted', path: file.path, reason: 'unreadable', message });
    }
  });
}

/** Whether the system refuses to open a local file for lack of permission; all other errors are failures. */
function isDenied(error: unknown): boolean {
  if (!isOneDriveError(error) || error.code !== 'local-file') return false;
  const { cause } = error;
  if (!(cause instanceof Error) || !('code' in cause) || !('syscall' in cause)) return false;
  return cause.syscall === 'open' && (cause.code === 'EACCES' || cause.code === 'EPERM');
}

async function putOne(
  task: PutTask,
  file: FileToPut,
  place: RemotePlace,
  signal: AbortSignal,
): Promise<void> {
  const { pool, options, sender } = task;
  const { path, localPath, stat } = file;
  const { size } = stat;
  const target = await targetOf(task, file, place);
  if (target === undefined) {
    await pool.emit({ type: 'skipped', path, size, reason: 'same' });
    return;
  }
  await pool.emit({ type: 'planned', path, size });
  if (options.dryRun === true) return;
  const folder = await place.remote.ref();
  const onNameTaken = () => targetAfterConflict(task, file, place, below(folder, target.name));
  await sender.send({ path, localPath, size, signal, ...target, onNameTaken }, folder);
}

/**
 * The target of a file; undefined if the drive already has it.
 * @throws OneDriveError `conflict` if the name belongs to another item that is kept.
 */
async function targetOf(task: PutTask, file: FileToPut, place: RemotePlace): Promise<FileTarget | undefined> {
  const { existing = 'replace', force } = task.options;
  const { path, name, item, rival } = file;
  if (rival !== undefined)
    return existing === 'rename' ? await numberedTarget(task, file, place) : fail(collision(path, rival));
  if (item === undefined) return { name, conflict: 'fail' };
  const isFolder = holdsItems(item);
  if (!isFolder && force !== true && (await isSame(task, file, item))) return undefined;
  if (existing === 'rename') return await numberedTarget(task, file, place);
  if (isFolder) throw otherKind(path, 'file', 'folder');
  if (existing === 'skip') throw fileExists(path);
  return { name, conflict: 'replace' };
}

async function numberedTarget(
  task: PutTask,
  file: FileToPut,
  place: RemotePlace,
): Promise<FileTarget | undefined> {
  const isOurs = async (item: DriveItem) => !holdsItems(item) && (await isSame(task, file, item));
  const { name, item } = await place.names.free(file.name, 'file', isOurs);
  return item === undefined ? { name, conflict: 'fail' } : undefined;
}

/**
 * The target of a file whose name was free in the list of the folder but is taken now: another client has taken it, a
 * response was lost, or the service compares names by other rules.
 */
async function targetAfterConflict(
  task: PutTask,
  file: FileToPut,
  place: RemotePlace,
  ref: ItemRef,
): Promise<FileTarget | undefined> {
  const { context, options, pool } = task;
  const name = ref.path.at(-1) ?? '';
  const { existing = 'replace' } = options;
  const item = await context.provider.item(ref, { signal: pool.signal }).catch(undefinedIfMissing);
  if (item === undefined) {
    // An upload session reserves the name, as after a crash that lost the upload URL. Replacing is safe: no item exists yet.
    if (existing === 'replace') return { name, conflict: 'replace' };
    if (existing === 'rename') return await numberedTarget(task, file, place);
    throw new OneDriveError('conflict', `Another upload of ${file.path} is in progress.`, {
      hint: [
        'Wait until it has ended or expired.',
        { step: 'option', option: 'existing', value: 'replace', to: 'replace it' },
      ],
    });
  }
  const isExact = sameName(item.name, name) && !holdsItems(item);
  if (isExact && existing === 'replace') return { name, conflict: 'replace' };
  if (isExact && (await isSame(task, file, item))) return undefined;
  if (existing === 'rename') return await numberedTarget(task, file, place);
  if (isExact) throw fileExists(file.path);
  throw holdsItems(item) ? otherKind(file.path, 'file', 'folder') : collision(file.path, item.name);
}

function undefinedIfMissing(error: unknown): undefined {
  if (!saysMissing(error)) throw error;
}

function isSame({ local }: PutTask, { stat, localPath }: FileToPut, item: DriveItem): Promise<boolean> {
  const facts = { size: stat.size, modifiedMs: stat.mtimeMs };
  return alreadyUploaded(facts, item, () => pathSource(local.fileSystem, localPath));
}

function fileExists(path: string): OneDriveError {
  return new OneDriveError('conflict', `The drive has a different file ${path}.`, {
    hint: [
      { step: 'option', option: 'existing', value: 'replace', to: 'replace it' },
      { step: 'option', option: 'existing', value: 'rename', to: 'keep both' },
    ],
  });
}

function fail(error: OneDriveError): never {
  throw error;
}
