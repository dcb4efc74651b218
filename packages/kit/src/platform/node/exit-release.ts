/** Locks still held when the process exits are marked released: best effort, the liveness check covers the rest. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { releasedMark } from './lock-record.ts';

const held = new Set<string>();

/** Remembers a lock file until the returned function is called. */
export function releaseAtExit(path: string): () => void {
  if (held.size === 0) process.on('exit', releaseAll);
  held.add(path);
  return () => {
    held.delete(path);
    if (held.size === 0) process.off('exit', releaseAll);
  };
}

function releaseAll(): void {
  for (const path of held) {
    try {
      const file = openSync(path, 'r+');
      writeSync(file, releasedMark, 0);
      closeSync(file);
    } catch {
      // The folder may be gone by now.
    }
  }
}
