/** The seed that a file (YAML, or JSON, which is YAML too) or a folder of the disk holds. */
import { dirname, resolve } from 'node:path';
import type { FileSystem } from 'onedrive-kit/platform';
import { nodeFileSystem } from 'onedrive-kit/platform/node';
import { folderOnDisk } from './folder-on-disk.ts';
import type { ReadSeed } from './read-seed.ts';

/**
 * Reads `path`. A folder is what the first account's drive holds. In a file, folders of the disk are named relative
 * to it.
 * @throws Error that says what is wrong and where; the error of the file system when it cannot be read.
 */
export async function seedFile(path: string, fs: FileSystem = nodeFileSystem): Promise<ReadSeed> {
  if ((await fs.stat(path)).isDirectory()) return { files: await folderOnDisk(fs, path) };
  const { parse } = await import('yaml');
  const { readSeed } = await import('./read-seed.ts');
  const data: unknown = parse(await fs.readFile(path, 'utf8'));
  return readSeed(data, (folder) => folderOnDisk(fs, resolve(dirname(path), folder)));
}
