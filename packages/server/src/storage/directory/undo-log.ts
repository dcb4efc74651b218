/**
 * What has to happen, besides going back to a savepoint, when a write is undone.
 * @param lost whether the whole transaction is gone, with all its rows.
 */
export type UndoStep = (lost: boolean) => void;

export interface UndoLog {
  push(step: UndoStep): void;
  /** The present moment, to go back to. */
  mark(): number;
  /** Takes the steps since a mark, the last one first. */
  rollBack(mark: number): void;
  /** The transaction was lost: takes all steps, the last one first. */
  lose(): void;
  /** The transaction is kept: there is nothing to undo any more. */
  clear(): void;
}

/** A log for one transaction at a time. */
export function undoLog(): UndoLog {
  const steps: UndoStep[] = [];
  const take = (from: number, lost: boolean): void => {
    for (const step of steps.splice(from).reverse()) step(lost);
  };
  return {
    push: (step) => void steps.push(step),
    mark: () => steps.length,
    rollBack: (mark) => take(mark, false),
    lose: () => take(0, true),
    clear: () => {
      steps.length = 0;
    },
  };
}
