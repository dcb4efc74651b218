/** Who mentions a blob, counted in the database; and what has to happen to files when a transaction ends. */
import type { Records } from '../storage.ts';
import type { DirectoryBlobs } from './directory-blobs.ts';
import type { SqlStatement } from './sql-database.ts';

export interface BlobReferences {
  readonly records: Pick<Records, 'retainBlob' | 'releaseBlob'>;
  /** After a commit: files that nobody mentions go. */
  committed(): void;
  /** After a rollback: files go back to where they were. */
  rolledBack(): void;
}

/** References for one transaction at a time. */
export function blobReferences(sql: (text: string) => SqlStatement, blobs: DirectoryBlobs): BlobReferences {
  let undo: (() => void)[] = [];
  let unmentioned: string[] = [];
  const references = (id: string): number | undefined => {
    const row = sql('SELECT refs FROM blobs WHERE id = ?').get(id);
    return row === undefined ? undefined : Number(row['refs']);
  };
  const end = (): void => {
    undo = [];
    unmentioned = [];
  };
  return {
    records: {
      retainBlob(id) {
        const count = references(id);
        if (count !== undefined) {
          sql('UPDATE blobs SET refs = ? WHERE id = ?').run(count + 1, id);
          return;
        }
        const adopted = blobs.adopt(id);
        undo.push(adopted.undo);
        sql('INSERT INTO blobs (id, refs, bytes) VALUES (?, 1, ?)').run(id, adopted.bytes ?? null);
      },
      releaseBlob(id) {
        const count = references(id) ?? 0;
        if (count > 1) {
          sql('UPDATE blobs SET refs = ? WHERE id = ?').run(count - 1, id);
          return;
        }
        sql('DELETE FROM blobs WHERE id = ?').run(id);
        unmentioned.push(id);
      },
    },
    committed() {
      const gone = unmentioned;
      end();
      for (const id of gone) blobs.remove(id);
    },
    rolledBack() {
      const steps = undo.reverse();
      end();
      for (const step of steps) step();
    },
  };
}
