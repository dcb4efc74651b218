/** An array that stays sorted: listings of a folder that changes between pages need neither a sort nor a copy. */

export interface SortedList<T> {
  readonly size: number;
  add(value: T): void;
  delete(value: T): void;
  /** Puts `value` where an equal one is. */
  replace(value: T): void;
  /** Index of the first value that does not sort before the probe; `probe` is negative for values before it. */
  lowerBound(probe: (value: T) => number): number;
  at(index: number): T | undefined;
  slice(start: number, end: number): T[];
}

/** A list sorted by `compare`, which never calls two different values equal. */
export function sortedList<T>(compare: (left: T, right: T) => number): SortedList<T> {
  const values: T[] = [];
  const lowerBound = (probe: (value: T) => number): number => {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (probe(values[middle] as T) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get size() {
      return values.length;
    },
    add: (value) =>
      void values.splice(
        lowerBound((other) => compare(other, value)),
        0,
        value,
      ),
    delete(value) {
      const index = lowerBound((other) => compare(other, value));
      if (index < values.length && compare(values[index] as T, value) === 0) values.splice(index, 1);
    },
    replace(value) {
      const index = lowerBound((other) => compare(other, value));
      if (index < values.length && compare(values[index] as T, value) === 0) values[index] = value;
    },
    lowerBound,
    at: (index) => values[index],
    slice: (start, end) => values.slice(start, end),
  };
}
