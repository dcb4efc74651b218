/** Names in a folder; none where there is no folder. */
import { readdirSync } from 'node:fs';

export function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '')) return [];
    throw error;
  }
}
