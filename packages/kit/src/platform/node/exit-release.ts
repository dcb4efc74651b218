/** Removes the records of locks that are still held when the process exits; after a kill, the check of the holder's life has to do. */
import { readFileSync, rmdirSync, unlinkSync } from 'node:fs';
import type { LockRecord } from './lock-record.ts';

const held = new Set<LockRecord>();

/** Remembers a record until the returned function is called. */
export function releaseAtExit(record: LockRecord): () => void {
  if (held.size === 0) process.on('exit', releaseAll);
  held.add(record);
  return () => {
    held.delete(record);
    if (held.size === 0) process.off('exit', releaseAll);
  };
}

function releaseAll(): void {
  for (const { folder, path, text } of held) {
    try {
      if (readFileSync(path, 'utf8') !== text) continue;
      unlinkSync(path);
      rmdirSync(folder);
    } catch {
      // The folder may be gone, or have the record of a waiting process.
    }
  }
}
