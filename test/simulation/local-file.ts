/** The file on the disk of a schedule, written and read past all faults. */
import type { MemoryFileSystem } from '../../src/platform/memory/memory-file-system.ts';

/** Where it is. */
export const local = '/home/me/file.bin';

/** Makes it, or puts other bytes in it; a power cut takes none of them. */
export async function write(fileSystem: MemoryFileSystem, bytes: Uint8Array): Promise<void> {
  const file = await fileSystem.open(local, 'w');
  await file.write(bytes, 0, bytes.length, 0);
  await file.sync();
  await file.close();
}

/** What is in it; undefined when it is not there. */
export async function read(fileSystem: MemoryFileSystem): Promise<Uint8Array | undefined> {
  const file = await fileSystem.open(local, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  const bytes = new Uint8Array((await file.stat()).size);
  await file.read(bytes, 0, bytes.length, 0);
  await file.close();
  return bytes;
}
