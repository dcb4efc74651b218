/** The files on the disk of a schedule, written and read past all faults. */
import type { MemoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';

/** Where they are, and where the one is that a schedule is about. */
export const home = '/home/me';
export const local = `${home}/file.bin`;

/** Makes it, or puts other bytes in it; a power cut takes none of them. */
export async function write(fileSystem: MemoryFileSystem, bytes: Uint8Array, path = local): Promise<void> {
  const file = await fileSystem.open(path, 'w');
  await file.write(bytes, 0, bytes.length, 0);
  await file.sync();
  await file.close();
}

/** What is in it; undefined when it is not there. */
export async function read(fileSystem: MemoryFileSystem, path = local): Promise<Uint8Array | undefined> {
  const file = await fileSystem.open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  const bytes = new Uint8Array((await file.stat()).size);
  await file.read(bytes, 0, bytes.length, 0);
  await file.close();
  return bytes;
}
