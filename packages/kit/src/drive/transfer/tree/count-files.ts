/** Counts the files of a local folder that are not uploaded because the folder itself cannot be. */
import { localEntry } from './local-entry.ts';
import { type LocalPlace, type PutTask, placeBelow } from './put-task.ts';

/** Folders that cannot be listed count as empty. Links are not followed. */
export async function countFiles(task: PutTask, folder: LocalPlace): Promise<number> {
  const { local, selection, pool } = task;
  const names = await local.fileSystem.readdir(folder.localPath).catch(() => []);
  let files = 0;
  for (const name of names) {
    pool.signal.throwIfAborted();
    const place = placeBelow(task, folder, name);
    const entry = await localEntry(local.fileSystem, place.localPath, 'skip').catch(() => undefined);
    if (entry?.kind === 'file' && selection.file(place.path)) files += 1;
    if (entry?.kind === 'folder' && selection.folder(place.path)) files += await countFiles(task, place);
  }
  return files;
}

/** `1 file`, `12 files`. Pure. */
export function fileCount(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
