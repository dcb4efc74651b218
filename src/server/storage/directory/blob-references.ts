/** Who mentions a blob, counted in the database; and what has to happen to files when a transaction ends. */
import type { Records } from '../storage.ts';
import type { DirectoryBlobs } from './directory-blobs.ts';
import type { SqlStatement } from './sql-database.ts';

export interface BlobReferences {
  readonly records: Pick<Records, 'retainBlob' | 'releaseBlob'>;
  /** The present moment, to go back to. */
  mark(): number;
  /** After a rollback to a mark: files go back to where they were then. 0 is the beginning of the transaction. */
  rolledBack(mark: number): void;
  /** After a commit. @returns removes the files that nobody mentions: to be called once the commit cannot be lost. */
  committed(): () => void;
}

/** References for one transaction at a time. */
export function blobReferences(sql: (text: string) => SqlStatement, blobs: DirectoryBlobs): BlobReferences {
  let undo: (() => void)[] = [];
  let unmentioned: string[] = [];
  const references = (id: string): number | undefined => {
    const row = sql('SELECT refs FROM blobs WHERE id = ?').get(id);
    return row === undefined ? undefined : Number(row['refs']);
  };
  return {
    records: {
      retainBlob(id) {
        const count = blobs.isFresh(id) ? undefined : references(id);
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
        undo.push(() => void unmentioned.pop());
      },
    },
    mark: () => undo.length,
    rolledBack(mark) {
      for (const step of undo.splice(mark).reverse()) step();
    },
    committed() {
      const gone = unmentioned;
      undo = [];
      unmentioned = [];
      return () => {
        for (const id of gone) blobs.remove(id);
      };
    },
  };
}
