/** The files of a drop or of a file dialog, those in folders included. */
import type { Incoming } from './uploads.ts';

/** The files that were chosen in a dialog; a chosen folder gives each of its files a relative path. */
export function chosenFiles(files: Iterable<File>): readonly Incoming[] {
  return [...files].map((file) => ({
    file,
    path: file.webkitRelativePath === '' ? [file.name] : file.webkitRelativePath.split('/'),
  }));
}

/** The files that were dropped. Must be called during the event: the browser empties the transfer afterwards. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly Incoming[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = chosenFiles(transfer.files);
  if (!entries.some((entry) => entry?.isDirectory === true)) return Promise.resolve(files);
  return allBelow(entries.filter((entry) => entry !== null));
}

async function allBelow(entries: readonly FileSystemEntry[]): Promise<readonly Incoming[]> {
  const found: Incoming[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) {
      found.push(...(await allBelow(await childrenOf(entry as FileSystemDirectoryEntry))));
    } else {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      found.push({ file, path: entry.fullPath.split('/').filter(Boolean) });
    }
  }
  return found;
}

/** A reader returns at most a hundred entries at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
