/** A small local file as bytes or text: certificates, tokens. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { FileSystem } from 'onedrive-kit/platform';

const limit = 1 << 20;

/** @param purpose what the file is, for the message. @throws OneDriveError `config` when it cannot be read. */
export async function readLocalFile(fs: FileSystem, path: string, purpose: string): Promise<Uint8Array> {
  try {
    const file = await fs.open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > limit) throw new Error('it is too big');
      const bytes = new Uint8Array(size);
      const { bytesRead } = await file.read(bytes, 0, size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'too big or no file';
    throw new OneDriveError('config', `Cannot read ${purpose} ${path} (${code}).`, {
      cause,
      hint: 'Check the path in the configuration or in the environment.',
    });
  }
}
