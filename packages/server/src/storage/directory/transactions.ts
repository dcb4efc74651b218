/**
 * Reading and writing within the transaction of a turn. A write that throws is undone by itself, and what others wrote in
 * the same turn stays. Whoever answers a request waits for `settled()`: nothing is answered before it is kept.
 */
import type { Records, Storage } from '../storage.ts';
import type { Savepoint } from './savepoint.ts';
import type { Turn } from './turn.ts';

/** `read` and `write` over one connection. A read within a write is part of it. */
export function transactions(
  savepoint: Savepoint,
  turn: Turn,
  records: Records,
): Pick<Storage, 'read' | 'write' | 'settled'> {
  let inside = false;

  const undo = (mark: number, error: unknown): void => {
    try {
      savepoint.undo();
      turn.undone(mark);
    } catch {
      turn.lose(error);
    }
  };
  const run = <T>(fn: (records: Records) => T): T => {
    inside = true;
    try {
      return fn(records);
    } finally {
      inside = false;
    }
  };
  return {
    settled: () => turn.outstanding,
    read(fn) {
      if (inside) return fn(records);
      turn.read();
      return run(fn);
    },
    write(fn) {
      if (inside) throw new Error('A write cannot begin within another transaction.');
      turn.write();
      const mark = turn.mark();
      savepoint.begin();
      try {
        const result = run(fn);
        savepoint.end();
        return result;
      } catch (error) {
        undo(mark, error);
        throw error;
      }
    },
  };
}
