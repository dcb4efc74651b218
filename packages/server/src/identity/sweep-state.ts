/** What the removal of expired tokens (sweep.ts) remembers between its steps. */

/** How far the current pass over all records has come. */
export interface SweepState {
  /** Milliseconds since the epoch; undefined before the first pass. */
  started: number | undefined;
  /** The last key examined, of each kind that the pass has not finished. */
  readonly cursors: Map<string, string>;
}

export const newSweepState = (): SweepState => ({ started: undefined, cursors: new Map() });
