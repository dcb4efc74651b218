/** Uploads one file of a tree, unless the drive has it already or its name belongs to something else. */
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

/** Uploads a file, or reports why not. Resolves when there is room for the next one. */
export async function putFile(task: PutTask, file: FileToPut, place: RemotePlace): Promise<void> {
  const { crew } = task;
  await crew.work(file.path, async (signal) => {
    try {
      await putOne(task, file, place, signal);
    } catch (error) {
      if (!isDenied(error)) throw error;
      const message = 'permission to read it is denied';
      await crew.tell({ type: 'omitted', path: file.path, reason: 'unreadable', message });
    }
  });
}

/** The system refuses to open a local file; everything else is a failure. */
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
  const { crew, options, sender } = task;
  const { path, where, stat } = file;
  const { size } = stat;
  const target = await targetOf(task, file, place);
  if (target === undefined) {
    await crew.tell({ type: 'skipped', path, size, reason: 'same' });
    return;
  }
  await crew.tell({ type: 'planned', path, size });
  if (options.dryRun === true) return;
  const folder = await place.remote.ref();
  const taken = () => targetAfterConflict(task, file, place, below(folder, target.name));
  await sender.send({ path, where, size, signal, ...target, taken }, folder);
}

/**
 * Where a file goes; undefined if the drive has it already.
 * @throws OneDriveError `conflict` if the name belongs to something else that stays.
 */
async function targetOf(task: PutTask, file: FileToPut, place: RemotePlace): Promise<FileTarget | undefined> {
  const { existing = 'replace', force } = task.options;
  const { path, name, there, rival } = file;
  if (rival !== undefined)
    return existing === 'rename' ? await numbered(task, file, place) : fail(collision(path, rival));
  if (there === undefined) return { name, conflict: 'fail' };
  const isFolder = holdsItems(there);
  if (!isFolder && force !== true && (await isSame(task, file, there))) return undefined;
  if (existing === 'rename') return await numbered(task, file, place);
  if (isFolder) throw otherKind(path, 'file', 'folder');
  if (existing === 'skip') throw kept(path);
  return { name, conflict: 'replace' };
}

async function numbered(task: PutTask, file: FileToPut, place: RemotePlace): Promise<FileTarget | undefined> {
  const isOurs = async (item: DriveItem) => !holdsItems(item) && (await isSame(task, file, item));
  const { name, there } = await place.names.free(file.name, 'file', isOurs);
  return there === undefined ? { name, conflict: 'fail' } : undefined;
}

/**
 * Where a file goes whose name was free in the list of the folder, and is not: another client has taken it, an answer
 * was lost, or the service compares names in a way of its own.
 */
async function targetAfterConflict(
  task: PutTask,
  file: FileToPut,
  place: RemotePlace,
  at: ItemRef,
): Promise<FileTarget | undefined> {
  const { context, options, crew } = task;
  const name = at.path.at(-1) ?? '';
  const { existing = 'replace' } = options;
  const there = await context.provider.item(at, { signal: crew.signal }).catch(undefinedIfMissing);
  if (there === undefined) {
    // An upload session holds the name, as after a crash that lost its address. No item can be replaced by mistake.
    if (existing === 'replace') return { name, conflict: 'replace' };
    if (existing === 'rename') return await numbered(task, file, place);
    throw new OneDriveError('conflict', `Another upload of ${file.path} is in progress.`, {
      hint: 'Wait until it has ended or expired, or replace it without -n.',
    });
  }
  const isExact = sameName(there.name, name) && !holdsItems(there);
  if (isExact && existing === 'replace') return { name, conflict: 'replace' };
  if (isExact && (await isSame(task, file, there))) return undefined;
  if (existing === 'rename') return await numbered(task, file, place);
  if (isExact) throw kept(file.path);
  throw holdsItems(there) ? otherKind(file.path, 'file', 'folder') : collision(file.path, there.name);
}

function undefinedIfMissing(error: unknown): undefined {
  if (!saysMissing(error)) throw error;
}

function isSame({ local }: PutTask, { stat, where }: FileToPut, item: DriveItem): Promise<boolean> {
  const facts = { size: stat.size, modifiedMs: stat.mtimeMs };
  return alreadyUploaded(facts, item, () => pathSource(local.fileSystem, where));
}

function kept(path: string): OneDriveError {
  return new OneDriveError('conflict', `The drive holds another file ${path}.`, {
    hint: 'Leave out -n to replace it, or keep both with --rename.',
  });
}

function fail(error: OneDriveError): never {
  throw error;
}
