/** Local files, as streams of bytes, with the system's refusals turned into messages. */
import { OneDriveError } from '../errors/onedrive-error.ts';
import type { FileStat, FileSystem } from '../platform/file-system.ts';
import { systemWords } from './errors.ts';

type Disk = { readonly fs: FileSystem };

const mebibyte = 1 << 20;

/** The bytes of a file, 1 MiB at a time, in buffers of their own. @throws OneDriveError `local-file`. */
export async function* localBytes({ fs }: Disk, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await fs.open(path, 'r').catch((error: unknown) => refuse(path, 'read', error));
  try {
    for (;;) {
      const buffer = new Uint8Array(mebibyte);
      const { bytesRead } = await handle
        .read(buffer, 0, buffer.length, null)
        .catch((error: unknown) => refuse(path, 'read', error));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** What is at `path`, undefined when nothing is. @throws OneDriveError `local-file` for every other refusal. */
export async function localStat({ fs }: Disk, path: string): Promise<FileStat | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : refuse(path, 'read', error);
  }
}

/** @throws OneDriveError `local-file`, always; anything that is no system error as it is. */
export function refuse(path: string, action: 'read' | 'write', error: unknown): never {
  const code = codeOf(error);
  if (code === undefined) throw error;
  throw new OneDriveError('local-file', `Cannot ${action} ${path}: ${systemWords[code] ?? code}.`, {
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
