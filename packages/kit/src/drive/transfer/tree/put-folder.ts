/**
 * Uploads one local folder: pairs its names with the items of the drive, classifies each of them, and descends into
 * subfolders. What cannot be uploaded is reported as an event; everything else is uploaded.
 */
import { isOneDriveError, OneDriveError } from '../../../errors/index.ts';
import { below } from '../../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { folderBehind } from '../../stat.ts';
import { localError } from '../local-error.ts';
import { countFiles, fileCount } from './count-files.ts';
import { folderNames } from './folder-names.ts';
import { localEntry } from './local-entry.ts';
import type { Omission } from './omission.ts';
import { type Pair, pairs } from './pairs.ts';
import { putFile } from './put-file.ts';
import {
  type LocalPlace,
  otherKind,
  type PutTask,
  placeBelow,
  type RemotePlace,
  type ToPut,
} from './put-task.ts';
import { existingFolder, newFolder, type RemoteFolder } from './remote-folder.ts';
import { everything } from './selection.ts';
import { collision, sameName } from './siblings.ts';

/** Uploads the top folder. @throws OneDriveError `local-file` if it cannot be listed. */
export async function putTop(task: PutTask, remote: RemoteFolder): Promise<void> {
  const top = { localPath: task.local.folder, path: '' };
  const names = await namesIn(task, top);
  try {
    await putNames(task, top, names, remote);
  } catch (error) {
    await reportFolder(task, top, error);
  }
}

async function namesIn({ local }: PutTask, { localPath }: LocalPlace): Promise<string[]> {
  return await local.fileSystem.readdir(localPath).catch((error: unknown) => {
    throw localError(error, 'read', localPath);
  });
}

/** Throws if the remote folder cannot be listed; if nothing was uploaded before, the error names the number of files. */
async function putNames(
  task: PutTask,
  folder: LocalPlace,
  names: string[],
  remote: RemoteFolder,
): Promise<void> {
  const driveName = (name: string) => task.driveName(name).name;
  const isSelected = (name: string) => isUploaded(task, folder, name);
  let hasStarted = false;
  try {
    const place = { remote, names: await folderNames(task, names.map(driveName), remote) };
    for await (const pair of pairs(names, place.names.pages, { driveName, isSelected })) {
      hasStarted = true;
      const entry = { ...pair, ...placeBelow(task, folder, pair.name) };
      await putEntry(task, entry, place).catch((error: unknown) =>
        reportFolder(task, entry, localError(error, 'read', entry.localPath)),
      );
    }
  } catch (error) {
    task.pool.signal.throwIfAborted();
    throw hasStarted ? error : await withCount(task, folder, error);
  }
}

/** An error ends only the work on this folder or file, unless the whole upload was aborted. */
async function reportFolder({ pool, matches }: PutTask, { path }: LocalPlace, error: unknown): Promise<void> {
  pool.signal.throwIfAborted();
  matches.skip(path);
  await pool.emit({ type: 'failed', path, error });
}

/** Whether the file or folder of this name is to be uploaded, so that it can collide with others. */
async function isUploaded(task: PutTask, folder: LocalPlace, name: string): Promise<boolean> {
  const { local, options, selection } = task;
  const { localPath, path } = placeBelow(task, folder, name);
  if (task.driveName(name).omission !== undefined) return false;
  const entry = await localEntry(local.fileSystem, localPath, options.links ?? 'skip').catch(() => undefined);
  if (entry === undefined || entry.kind === 'omitted') return false;
  return entry.kind === 'file' ? selection.file(path) : selection.folder(path);
}

async function putEntry(task: PutTask, pair: Pair & LocalPlace, place: RemotePlace): Promise<void> {
  const { local, options, selection } = task;
  const { localPath, path } = pair;
  const { name, omission } = task.driveName(pair.name);
  const entry = await localEntry(local.fileSystem, localPath, options.links ?? 'skip');
  if (entry.kind === 'omitted') {
    if (mayBeSelected(task, path)) await omit(task, path, entry.omission);
    return;
  }
  const isSelected = entry.kind === 'file' ? selection.file(path) : selection.folder(path);
  if (!isSelected) return;
  if (entry.kind === 'file') task.matches.add(path);
  const reason =
    omission ?? (entry.kind === 'folder' ? await task.entered?.enter(localPath, entry) : undefined);
  if (reason !== undefined) {
    await omit(task, path, reason, entry.kind === 'folder' && reason === omission ? pair : undefined);
    return;
  }
  if (entry.kind === 'file') await putFile(task, { ...pair, name, stat: entry.stat }, place);
  else await putSubFolder(task, { ...pair, name }, place);
}

/** Rules for files alone cannot decide about links and pipes: a link may lead to a folder. */
function mayBeSelected({ selection }: PutTask, path: string): boolean {
  return selection.file(path) || (selection.rules?.only !== undefined && selection.folder(path));
}

/** Reports an omission. @param folder the omitted folder, to count the files in it. */
async function omit(task: PutTask, path: string, omission: Omission, folder?: LocalPlace): Promise<void> {
  task.matches.skip(path);
  const files = folder === undefined ? undefined : await countFiles(task, folder);
  const message = files === undefined ? omission.message : `${omission.message} (${fileCount(files)} in it)`;
  await task.pool.emit({
    type: 'omitted',
    path,
    ...omission,
    message,
    ...(files === undefined ? {} : { files }),
  });
}

async function putSubFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<void> {
  let remote: RemoteFolder;
  let names: string[];
  try {
    names = await namesIn(task, entry);
    remote = await subFolder(task, entry, place);
  } catch (error) {
    task.pool.signal.throwIfAborted();
    throw await withCount(task, entry, error);
  }
  await putNames(task, entry, names, remote);
}

/** Adds to an error the number of files that are not uploaded because of it. */
async function withCount(task: PutTask, folder: LocalPlace, error: unknown): Promise<unknown> {
  const files = await countFiles(task, folder);
  if (files === 0 || !isOneDriveError(error)) return error;
  const message = `${error.message} Not uploaded: ${fileCount(files)} in it.`;
  return new OneDriveError(error.code, message, {
    cause: error,
    hint: error.hintSentences,
  });
}

async function subFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<RemoteFolder> {
  const { context, pool, options } = task;
  const { path, item, rival } = entry;
  if (rival !== undefined && options.existing !== 'rename') throw collision(path, rival);
  const call = { signal: pool.signal };
  const existing = item && (await folderBehind(context, item, call));
  if (existing !== undefined) return existingFolder(context, existing, call);
  if (item !== undefined && options.existing !== 'rename') throw otherKind(path, 'folder', 'file');
  if (rival !== undefined || item !== undefined) return await numberedFolder(task, entry, place);
  const folder = newFolder(async () => {
    const item = await createFolder(task, entry, place);
    await pool.emit({ type: 'folder', path });
    return item;
  });
  // An empty folder is part of the tree too, unless only some files are selected.
  if (task.selection === everything && options.dryRun !== true) await folder.ref();
  return folder;
}

/** A folder of the drive with a number in its name; one from an earlier run is used again. */
async function numberedFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<RemoteFolder> {
  const { name, item } = await place.names.free(
    entry.name,
    'folder',
    async (item) => item.folder !== undefined,
  );
  return await subFolder(task, { ...entry, name, item, rival: undefined }, place);
}

/** One request. A folder that another client, or an earlier attempt, has created since is used as well. */
async function createFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<DriveItem> {
  const { context, pool, options } = task;
  const { path, name } = entry;
  const parent = await place.remote.ref();
  const { signal } = pool;
  try {
    return await context.provider.createFolder(parent, name, { conflict: 'fail', signal });
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'conflict') throw error;
    const item = await context.provider.item(below(parent, name), { signal });
    const isSame = sameName(item.name, name);
    const existing = isSame ? await folderBehind(context, item, { signal }) : undefined;
    if (existing !== undefined) return existing;
    if (options.existing !== 'rename')
      throw isSame ? otherKind(path, 'folder', 'file') : collision(path, item.name);
    const free = await place.names.free(name, 'folder', async (one) => one.folder !== undefined);
    return free.item ?? (await createFolder(task, { ...entry, name: free.name }, place));
  }
}
