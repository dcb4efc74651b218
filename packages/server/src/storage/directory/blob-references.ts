/** Who mentions a blob, counted in the database; and what has to happen to files when a transaction ends. */
import type { Records } from '../storage.ts';
import type { DirectoryBlobs } from './directory-blobs.ts';
import type { SqlStatement } from './sql-database.ts';
import type { UndoLog } from './undo-log.ts';

export interface BlobReferences {
  readonly records: Pick<Records, 'retainBlob' | 'releaseBlob'>;
  /** The bytes that the database holds, or is about to, for a blob; undefined when they are in a file. */
  inline(id: string): Uint8Array | undefined;
  /** Puts what waits for the end of the turn into the database. */
  write(): void;
  /** The transaction was lost, and what waits with it. */
  lose(): void;
  /** After a commit. @returns removes the files that nobody mentions: to be called once the commit cannot be lost. */
  committed(): () => void;
}

export interface BlobReferencesOptions {
  /** Statements that say when they are about to change rows, and the same that do not. */
  readonly change: (text: string) => SqlStatement;
  readonly sql: (text: string) => SqlStatement;
  readonly blobs: Pick<DirectoryBlobs, 'isFresh' | 'adopt' | 'remove'>;
  readonly undo: UndoLog;
}

/** References for one transaction at a time. Blobs that a record mentions for the first time go in together. */
export function blobReferences(options: BlobReferencesOptions): BlobReferences {
  const { sql, blobs } = options;
  const waiting: Waiting = new Map();
  const unmentioned: string[] = [];
  return {
    records: counting(options, waiting, unmentioned),
    inline(id) {
      const bytes = waiting.get(id) ?? sql('SELECT bytes FROM blobs WHERE id = ?').get(id)?.['bytes'];
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
    write: () => writeRows(sql, waiting),
    lose: () => waiting.clear(),
    committed() {
      const gone = unmentioned.splice(0);
      return () => {
        for (const id of gone) blobs.remove(id);
      };
    },
  };
}

/** Blobs that are not yet in the database, by id; null where their bytes are in a file. */
type Waiting = Map<string, Uint8Array | null>;

function writeRows(sql: (text: string) => SqlStatement, waiting: Waiting): void {
  for (const [id, bytes] of waiting)
    sql('INSERT INTO blobs (id, refs, bytes) VALUES (?, 1, ?)').run(id, bytes);
  waiting.clear();
}

function counting(
  { change, sql, blobs, undo }: BlobReferencesOptions,
  waiting: Waiting,
  unmentioned: string[],
): BlobReferences['records'] {
  const references = (id: string): number | undefined => {
    writeRows(sql, waiting);
    const row = sql('SELECT refs FROM blobs WHERE id = ?').get(id);
    return row === undefined ? undefined : Number(row['refs']);
  };
  const insert = (id: string): void => {
    const adopted = blobs.adopt(id);
    waiting.set(id, adopted.bytes ?? null);
    undo.push((lost) => {
      if (!waiting.delete(id) && !lost) sql('DELETE FROM blobs WHERE id = ?').run(id);
      adopted.undo();
    });
  };
  return {
    retainBlob(id) {
      const count = blobs.isFresh(id) ? undefined : references(id);
      if (count === undefined) insert(id);
      else change('UPDATE blobs SET refs = ? WHERE id = ?').run(count + 1, id);
    },
    releaseBlob(id) {
      const count = references(id) ?? 0;
      if (count > 1) {
        change('UPDATE blobs SET refs = ? WHERE id = ?').run(count - 1, id);
        return;
      }
      change('DELETE FROM blobs WHERE id = ?').run(id);
      unmentioned.push(id);
      undo.push(() => void unmentioned.pop());
    },
  };
}
