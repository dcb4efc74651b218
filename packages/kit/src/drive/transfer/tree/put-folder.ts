/**
 * Uploads one local folder: pairs its names with what the drive holds, decides what each of them is, and goes on below.
 * What cannot be uploaded becomes an event; everything else is uploaded.
 */
import { isOneDriveError, OneDriveError } from '../../../errors/index.ts';
import { below } from '../../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../../graph/types/index.ts';
import { folderBehind } from '../../stat.ts';
import { localError } from '../local-error.ts';
import { countFiles, inWords } from './count-files.ts';
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
import { knownFolder, newFolder, type RemoteFolder } from './remote-folder.ts';
import { everything } from './selection.ts';
import { collision, sameName } from './siblings.ts';

/** Uploads the top folder. @throws OneDriveError `local-file` if it cannot be listed. */
export async function putTop(task: PutTask, remote: RemoteFolder): Promise<void> {
  const top = { where: task.local.folder, path: '' };
  const names = await namesIn(task, top);
  try {
    await putNames(task, top, names, remote);
  } catch (error) {
    await reportFolder(task, top, error);
  }
}

async function namesIn({ local }: PutTask, { where }: LocalPlace): Promise<string[]> {
  return await local.fileSystem.readdir(where).catch((error: unknown) => {
    throw localError(error, 'read', where);
  });
}

/** Throws if the remote folder cannot be listed; what is left out because of that is counted if it is all of it. */
async function putNames(
  task: PutTask,
  folder: LocalPlace,
  names: string[],
  remote: RemoteFolder,
): Promise<void> {
  const driveName = (name: string) => task.driveName(name).name;
  const isWanted = (name: string) => isUploaded(task, folder, name);
  let begun = false;
  try {
    const place = { remote, names: await folderNames(task, names.map(driveName), remote) };
    for await (const pair of pairs(names, place.names.pages, { driveName, isWanted })) {
      begun = true;
      const entry = { ...pair, ...placeBelow(task, folder, pair.name) };
      await putEntry(task, entry, place).catch((error: unknown) =>
        reportFolder(task, entry, localError(error, 'read', entry.where)),
      );
    }
  } catch (error) {
    task.crew.signal.throwIfAborted();
    throw begun ? error : await withCount(task, folder, error);
  }
}

/** An error ends the work on this folder or file only, unless the whole upload was stopped. */
async function reportFolder({ crew, met }: PutTask, { path }: LocalPlace, error: unknown): Promise<void> {
  crew.signal.throwIfAborted();
  met.leave(path);
  await crew.tell({ type: 'failed', path, error });
}

/** True if this name is to be uploaded, so that it can collide with others. */
async function isUploaded(task: PutTask, folder: LocalPlace, name: string): Promise<boolean> {
  const { local, options, selection } = task;
  const { where, path } = placeBelow(task, folder, name);
  if (task.driveName(name).omission !== undefined) return false;
  const entry = await localEntry(local.fileSystem, where, options.links ?? 'skip').catch(() => undefined);
  if (entry === undefined || entry.kind === 'omitted') return false;
  return entry.kind === 'file' ? selection.file(path) : selection.folder(path);
}

async function putEntry(task: PutTask, pair: Pair & LocalPlace, place: RemotePlace): Promise<void> {
  const { local, options, selection } = task;
  const { where, path } = pair;
  const { name, omission } = task.driveName(pair.name);
  const entry = await localEntry(local.fileSystem, where, options.links ?? 'skip');
  if (entry.kind === 'omitted') {
    if (mayBeMeant(task, path)) await omit(task, path, entry.omission);
    return;
  }
  const wanted = entry.kind === 'file' ? selection.file(path) : selection.folder(path);
  if (!wanted) return;
  if (entry.kind === 'file') task.met.add(path);
  const left = omission ?? (entry.kind === 'folder' ? await task.entered?.enter(where, entry) : undefined);
  if (left !== undefined) {
    await omit(task, path, left, entry.kind === 'folder' && left === omission ? pair : undefined);
    return;
  }
  if (entry.kind === 'file') await putFile(task, { ...pair, name, stat: entry.stat }, place);
  else await putSubFolder(task, { ...pair, name }, place);
}

/** Whether a link or a pipe is meant cannot be asked of rules for files alone: a link may lead to a folder. */
function mayBeMeant({ selection }: PutTask, path: string): boolean {
  return selection.file(path) || (selection.rules?.only !== undefined && selection.folder(path));
}

/** Reports what is left out. @param folder counted with all that is in it. */
async function omit(task: PutTask, path: string, why: Omission, folder?: LocalPlace): Promise<void> {
  task.met.leave(path);
  const files = folder === undefined ? undefined : await countFiles(task, folder);
  const message = files === undefined ? why.message : `${why.message} (${inWords(files)} in it)`;
  await task.crew.tell({ type: 'omitted', path, ...why, message, ...(files === undefined ? {} : { files }) });
}

async function putSubFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<void> {
  let remote: RemoteFolder;
  let names: string[];
  try {
    names = await namesIn(task, entry);
    remote = await subFolder(task, entry, place);
  } catch (error) {
    task.crew.signal.throwIfAborted();
    throw await withCount(task, entry, error);
  }
  await putNames(task, entry, names, remote);
}

/** The error, with the number of files that are left out because of it. */
async function withCount(task: PutTask, folder: LocalPlace, error: unknown): Promise<unknown> {
  const files = await countFiles(task, folder);
  if (files === 0 || !isOneDriveError(error)) return error;
  const message = `${error.message} Not uploaded: ${inWords(files)} in it.`;
  return new OneDriveError(error.code, message, {
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

async function subFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<RemoteFolder> {
  const { context, crew, options } = task;
  const { path, there, rival } = entry;
  if (rival !== undefined && options.existing !== 'rename') throw collision(path, rival);
  const call = { signal: crew.signal };
  const known = there && (await folderBehind(context, there, call));
  if (known !== undefined) return knownFolder(context, known, call);
  if (there !== undefined && options.existing !== 'rename') throw otherKind(path, 'folder', 'file');
  if (rival !== undefined || there !== undefined) return await numberedFolder(task, entry, place);
  const folder = newFolder(async () => {
    const made = await createFolder(task, entry, place);
    await crew.tell({ type: 'folder', path });
    return made;
  });
  // An empty folder is part of the tree too, unless only some files are wanted.
  if (task.selection === everything && options.dryRun !== true) await folder.ref();
  return folder;
}

/** A folder of the drive with a number in its name; one that is there from an earlier run is used again. */
async function numberedFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<RemoteFolder> {
  const { name, there } = await place.names.free(
    entry.name,
    'folder',
    async (item) => item.folder !== undefined,
  );
  return await subFolder(task, { ...entry, name, there, rival: undefined }, place);
}

/** One request. A folder that another client, or an earlier attempt, has created meanwhile is as good. */
async function createFolder(task: PutTask, entry: ToPut, place: RemotePlace): Promise<DriveItem> {
  const { context, crew, options } = task;
  const { path, name } = entry;
  const parent = await place.remote.ref();
  const { signal } = crew;
  try {
    return await context.provider.createFolder(parent, name, { conflict: 'fail', signal });
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'conflict') throw error;
    const item = await context.provider.item(below(parent, name), { signal });
    const isSame = sameName(item.name, name);
    const known = isSame ? await folderBehind(context, item, { signal }) : undefined;
    if (known !== undefined) return known;
    if (options.existing !== 'rename')
      throw isSame ? otherKind(path, 'folder', 'file') : collision(path, item.name);
    const free = await place.names.free(name, 'folder', async (one) => one.folder !== undefined);
    return free.there ?? (await createFolder(task, { ...entry, name: free.name }, place));
  }
}
