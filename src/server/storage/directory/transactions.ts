/** Transactions: a snapshot for reading, the only writer for writing. */
import type { Records, Storage } from '../storage.ts';
import type { BlobReferences } from './blob-references.ts';
import type { SqlDatabase } from './sql-database.ts';

/** `read` and `write` over one connection. A read within another transaction is part of it. */
export function transactions(
  database: SqlDatabase,
  records: Records,
  references: BlobReferences,
): Pick<Storage, 'read' | 'write'> {
  const begin = database.prepare('BEGIN');
  const beginWriting = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  let open: 'none' | 'reading' | 'writing' = 'none';

  return {
    read(fn) {
      if (open !== 'none') return fn(records);
      begin.run();
      open = 'reading';
      try {
        return fn(records);
      } finally {
        open = 'none';
        commit.run();
      }
    },
    write(fn) {
      if (open !== 'none') throw new Error('A write cannot begin within another transaction.');
      beginWriting.run();
      open = 'writing';
      try {
        const result = fn(records);
        commit.run();
        open = 'none';
        references.committed();
        return result;
      } catch (error) {
        if (open === 'writing') {
          open = 'none';
          rollback.run();
          references.rolledBack();
        }
        throw error;
      }
    },
  };
}
