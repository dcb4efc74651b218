/**
 * The savepoint of one write, made when it first changes a row: most writes only leave rows for the end of the turn, and
 * a savepoint costs as much as a row.
 */
import type { SqlDatabase, SqlStatement } from './sql-database.ts';

export class Savepoint {
  readonly #make: SqlStatement;
  readonly #release: SqlStatement;
  readonly #rollbackTo: SqlStatement;
  readonly #writeRows: () => void;
  #state: 'none' | 'wanted' | 'made' = 'none';

  /** @param writeRows writes the rows that wait: earlier writes must not be undone with this one. */
  constructor(database: SqlDatabase, writeRows: () => void) {
    this.#make = database.prepare('SAVEPOINT one');
    this.#release = database.prepare('RELEASE one');
    this.#rollbackTo = database.prepare('ROLLBACK TO one');
    this.#writeRows = writeRows;
  }

  /** A write begins. */
  begin(): void {
    this.#state = 'wanted';
  }

  /** A row is about to change. */
  need(): void {
    if (this.#state !== 'wanted') return;
    this.#state = 'made';
    this.#writeRows();
    this.#make.run();
  }

  /** The write is done. */
  end(): void {
    if (this.#state === 'made') this.#release.run();
    this.#state = 'none';
  }

  /** The write is undone, as far as it changed rows. */
  undo(): void {
    if (this.#state === 'made') {
      this.#rollbackTo.run();
      this.#release.run();
    }
    this.#state = 'none';
  }
}
