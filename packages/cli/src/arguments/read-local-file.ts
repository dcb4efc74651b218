/** Reads a small local file, such as a certificate or a token. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { FileSystem } from 'onedrive-kit/platform';

/** Maximum size in bytes. */
const limit = 1 << 20;

/** @param purpose of the file, for the message. @throws OneDriveError `config` if it cannot be read. */
export async function readLocalFile(fs: FileSystem, path: string, purpose: string): Promise<Uint8Array> {
  try {
    const file = await fs.open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > limit) throw new Error('too large');
      const bytes = new Uint8Array(size);
      const { bytesRead } = await file.read(bytes, 0, size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code =
      cause instanceof Error && 'code' in cause ? String(cause.code) : 'too large, or not a regular file';
    throw new OneDriveError('config', `Cannot read ${purpose} ${path} (${code}).`, {
      cause,
      hint: 'Check the path in the configuration file or in the environment variable.',
    });
  }
}
