/** After a crash: blob files that no record mentions go. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { names } from './folder-names.ts';
import type { SqlStatement } from './sql-database.ts';
import { isBlobFolder, isBlobName } from './store-paths.ts';

/** Removes them. Must run where no other process can add a record: in a write transaction. @returns how many there were. */
export function clearOrphans(directory: string, sql: (text: string) => SqlStatement): number {
  const known = sql('SELECT 1 AS n FROM blobs WHERE id = ?');
  let cleared = 0;
  const blobs = join(directory, 'blobs');
  for (const folder of names(blobs).filter(isBlobFolder)) {
    for (const name of names(join(blobs, folder)).filter(isBlobName)) {
      if (known.get(name) !== undefined) continue;
      rmSync(join(blobs, folder, name), { force: true });
      cleared++;
    }
  }
  return cleared;
}
