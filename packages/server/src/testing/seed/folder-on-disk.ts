/** A folder on disk as a seed: reads names and times first, content when the files are created. Skips symlinks and devices. */
import { join } from 'node:path';
import type { FileSystem } from 'onedrive-kit/platform';
import { mimeTypeOf } from '../../core/media-type.ts';
import type { FolderSeed } from './seed.ts';

const mebibyte = 1 << 20;

/** Everything in `folder`. @throws the error of the file system. */
export async function folderOnDisk(fs: FileSystem, folder: string): Promise<FolderSeed> {
  const seed: Record<string, FolderSeed[string]> = {};
  for (const name of (await fs.readdir(folder)).sort()) {
    const path = join(folder, name);
    const stat = await fs.lstat(path);
    if (stat.isDirectory()) seed[name] = { folder: await folderOnDisk(fs, path) };
    else if (stat.isFile()) {
      const modified = new Date(stat.mtimeMs).toISOString();
      const mimeType = mimeTypeOf(name);
      seed[name] = { modified, open: () => bytesOf(fs, path), ...(mimeType ? { mimeType } : {}) };
    }
  }
  return seed;
}

async function* bytesOf(fs: FileSystem, path: string): AsyncGenerator<Uint8Array> {
  const file = await fs.open(path, 'r');
  try {
    for (;;) {
      const buffer = new Uint8Array(mebibyte);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
