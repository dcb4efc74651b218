/** Reads a seed from a file (YAML, or JSON, which is YAML too) or a folder on disk. */
import { dirname, resolve } from 'node:path';
import type { FileSystem } from 'onedrive-kit/platform';
import { nodeFileSystem } from 'onedrive-kit/platform/node';
import { folderOnDisk } from './folder-on-disk.ts';
import type { ReadSeed } from './read-seed.ts';

/**
 * Reads `path`. The content of a folder becomes that of the first account's drive. In a file, paths of folders on disk
 * are relative to it.
 * @throws Error with each fault and its place in the document; the error of the file system if it cannot be read.
 */
export async function seedFile(path: string, fs: FileSystem = nodeFileSystem): Promise<ReadSeed> {
  if ((await fs.stat(path)).isDirectory()) return { files: await folderOnDisk(fs, path) };
  const { parse } = await import('yaml');
  const { readSeed } = await import('./read-seed.ts');
  const data: unknown = parse(await fs.readFile(path, 'utf8'));
  return readSeed(data, (folder) => folderOnDisk(fs, resolve(dirname(path), folder)));
}
