/** Names and paths of the system that are not valid UTF-8. Windows has none: its names are UTF-16. */
import pooled from 'node:fs/promises';
import { bytesOfName, hasRawBytes, nameOfBytes } from '../byte-names.ts';

const namesAreBytes = process.platform !== 'win32';

/** Converts a path for Node. */
export function pathOfName(path: string): string | Buffer {
  return namesAreBytes && hasRawBytes(path) ? Buffer.from(bytesOfName(path)) : path;
}

/** Converts a path that Node returned as bytes. */
export function textOfPath(bytes: Buffer): string {
  return namesAreBytes ? nameOfBytes(bytes) : bytes.toString();
}

/**
 * The names in a folder. Read as bytes only if a name may not be UTF-8, because bytes take more memory and
 * time.
 */
export async function readNames(path: string): Promise<string[]> {
  const at = pathOfName(path);
  const names = await pooled.readdir(at);
  // Node replaces bytes that it cannot decode.
  if (!namesAreBytes || !names.some((name) => name.includes('\ufffd'))) return names;
  return (await pooled.readdir(at, { encoding: 'buffer' })).map(nameOfBytes);
}
