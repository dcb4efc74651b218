/**
 * A transaction that lasts a turn of the event loop. All writes of one turn are one commit and share one flush, and all
 * reads of one turn share one snapshot: thirty small uploads that arrive together cost what one costs.
 */
import type { SqlDatabase, SqlStatement, SqlValue } from './sql-database.ts';
import type { UndoLog } from './undo-log.ts';

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

/** What a turn does besides SQL. */
export interface TurnHands {
  readonly undo: UndoLog;
  /** Puts the rows that wait for the end of the turn into the database. */
  readonly writeRows: () => void;
  /** Forgets the rows that wait. */
  readonly loseRows: () => void;
  /** Told of a commit. @returns what has to happen once it cannot be lost. */
  readonly committed: () => () => void;
  /** Rows may have changed behind the back of what remembers them. */
  readonly forget: () => void;
  /** Resolves when what was committed before it was called cannot be lost. */
  readonly flush: () => Promise<void>;
}

/** The transaction of one connection. */
export class Turn {
  readonly #begin: SqlStatement;
  readonly #beginWriting: SqlStatement;
  readonly #commit: SqlStatement;
  readonly #rollback: SqlStatement;
  readonly #version: SqlStatement;
  readonly #hands: TurnHands;
  #seen: SqlValue = null;
  #state: 'none' | 'reading' | 'writing' = 'none';
  #group: Group | undefined;
  #outstanding: Promise<void> | undefined;
  #flushing: Promise<void> | undefined;

  constructor(database: SqlDatabase, hands: TurnHands) {
    this.#begin = database.prepare('BEGIN');
    this.#beginWriting = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#version = database.prepare('PRAGMA data_version');
    this.#hands = hands;
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
    this.#look();
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
    this.#look();
    const group = newGroup();
    this.#group = group;
    this.#outstanding = group.kept;
    const settled = (): void => {
      if (this.#outstanding === group.kept) this.#outstanding = undefined;
    };
    group.kept.then(settled, settled);
    setImmediate(() => this.#finishAfterFlush(group));
  }

  /** A commit that is flushed after the running flush may as well be made then, with the writes that come until then. */
  #finishAfterFlush(group: Group): void {
    const finish = (): void => {
      if (this.#group === group) this.finish();
    };
    if (this.#flushing === undefined) finish();
    else this.#flushing.then(finish, finish);
  }

  /** Commits what is open. */
  finish(): void {
    if (this.#state === 'none') return;
    try {
      if (this.#state === 'writing') this.#hands.writeRows();
      this.#commit.run();
    } catch (error) {
      this.lose(error);
      return;
    }
    const group = this.#end();
    if (group !== undefined) this.#keep(group);
  }

  #keep(group: Group): void {
    const { undo, committed, flush } = this.#hands;
    undo.clear();
    const after = committed();
    const flushing = flush().finally(() => {
      if (this.#flushing === flushing) this.#flushing = undefined;
    });
    this.#flushing = flushing;
    flushing.then(after).then(group.resolve, group.reject);
  }

  /** Gives up all writes of this turn: SQLite does, when the disk is full. Whoever waits for them is told why. */
  lose(reason: unknown): void {
    try {
      this.#rollback.run();
    } catch {
      // There is no transaction any more.
    }
    const { undo, loseRows, forget } = this.#hands;
    forget();
    loseRows();
    undo.lose();
    this.#end()?.reject(reason);
  }

  /** The present moment, for {@link undone}. */
  mark(): number {
    return this.#hands.undo.mark();
  }

  /** One write is undone, back to a mark: rows that waited and files follow, and nothing is remembered. */
  undone(mark: number): void {
    this.#hands.forget();
    this.#hands.undo.rollBack(mark);
  }

  /** Did another connection write since the last turn? https://www.sqlite.org/pragma.html#pragma_data_version */
  #look(): void {
    const seen = this.#version.get()?.['data_version'] ?? null;
    if (seen !== this.#seen) this.#hands.forget();
    this.#seen = seen;
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
