/** The argument of the older `put`: a local path, or a name and its content. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** A local path, or a name with bytes or text. */
export type UploadSource = string | readonly [name: string, content: Uint8Array | string];

/** The name and the bytes. Held in memory, as in the older classes; `onedrive-kit` itself streams. */
export async function openSource(
  source: UploadSource,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  if (typeof source === 'string') return { name: basename(source), bytes: await readFile(source) };
  const [name, content] = source;
  return { name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}
