/** Things that travel together: gathered until there are enough for one request, and sent then. */

/** How they are gathered. */
export interface CompanyOptions<T> {
  /** How many go together. */
  readonly most: number;
  /** Companies under way at a time, before `add` waits; as many as come unless told. */
  readonly underWay?: number | undefined;
  /** Sends one company. Must not throw: it tells each member what came of it. */
  readonly send: (part: readonly T[]) => Promise<void>;
}

/** A place to gather. */
export interface Company<T> {
  /** Takes one on; resolves when there is room for more. */
  add(one: T): Promise<void>;
  /** Sends what waits, and resolves when everything that was taken on has been sent. */
  flush(): Promise<void>;
}

/** Gathers, and sends whenever there are enough. */
export function company<T>({ most, underWay: limit, send }: CompanyOptions<T>): Company<T> {
  let waiting: T[] = [];
  const underWay = new Set<Promise<void>>();
  const depart = () => {
    if (waiting.length === 0) return;
    const one: Promise<void> = send(waiting).finally(() => underWay.delete(one));
    waiting = [];
    underWay.add(one);
  };
  return {
    async add(one) {
      waiting.push(one);
      if (waiting.length >= most) depart();
      while (limit !== undefined && underWay.size >= limit) await Promise.race(underWay);
    },
    async flush() {
      depart();
      await Promise.all(underWay);
    },
  };
}
