/**
 * A transaction that lasts a turn of the event loop. All writes of one turn are one commit and share one flush, and all
 * reads of one turn share one snapshot: thirty small uploads that arrive together cost what one costs.
 */
import type { BlobReferences } from './blob-references.ts';
import type { SqlDatabase, SqlStatement } from './sql-database.ts';

/** The writes of one turn. */
interface Group {
  /** Settles when they are kept, or cannot be. */
  readonly kept: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The writing turns of all storages of this process. They share a thread, so one that waited for another's lock would
 * wait for ever: it lets the others commit first.
 */
const writing = new Set<Turn>();

/** The transaction of one connection. */
export class Turn {
  readonly #begin: SqlStatement;
  readonly #beginWriting: SqlStatement;
  readonly #commit: SqlStatement;
  readonly #rollback: SqlStatement;
  readonly #references: BlobReferences;
  readonly #flush: () => Promise<void>;
  #state: 'none' | 'reading' | 'writing' = 'none';
  #group: Group | undefined;
  #outstanding: Promise<void> | undefined;

  /** @param flush resolves when what was committed before it was called cannot be lost. */
  constructor(database: SqlDatabase, references: BlobReferences, flush: () => Promise<void>) {
    this.#begin = database.prepare('BEGIN');
    this.#beginWriting = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#references = references;
    this.#flush = flush;
  }

  /** Settles when all that was written so far is kept; undefined when nothing is outstanding. */
  get outstanding(): Promise<void> | undefined {
    return this.#outstanding;
  }

  /** Opens a transaction that only reads, unless one is open. */
  read(): void {
    if (this.#state !== 'none') return;
    this.#begin.run();
    this.#state = 'reading';
    setImmediate(() => this.finish());
  }

  /** Opens one that writes. The snapshot of one that reads may be old: it ends. */
  write(): void {
    if (this.#state === 'writing') return;
    this.finish();
    for (const other of [...writing]) other.finish();
    this.#beginWriting.run();
    this.#state = 'writing';
    writing.add(this);
    const group = newGroup();
    this.#group = group;
    this.#outstanding = group.kept;
    const settled = (): void => {
      if (this.#outstanding === group.kept) this.#outstanding = undefined;
    };
    group.kept.then(settled, settled);
    setImmediate(() => this.finish());
  }

  /** Commits what is open. */
  finish(): void {
    if (this.#state === 'none') return;
    try {
      this.#commit.run();
    } catch (error) {
      this.lose(error);
      return;
    }
    const group = this.#end();
    if (group === undefined) return;
    const removeFiles = this.#references.committed();
    this.#flush().then(removeFiles).then(group.resolve, group.reject);
  }

  /** Gives up all writes of this turn: SQLite does, when the disk is full. Whoever waits for them is told why. */
  lose(reason: unknown): void {
    try {
      this.#rollback.run();
    } catch {
      // There is no transaction any more.
    }
    this.#references.rolledBack(0);
    this.#end()?.reject(reason);
  }

  #end(): Group | undefined {
    const group = this.#group;
    this.#group = undefined;
    this.#state = 'none';
    writing.delete(this);
    return group;
  }
}

function newGroup(): Group {
  let resolve: () => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const kept = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { kept, resolve, reject };
}
