/**
 * A worker pool whose work is reported as one stream of events: a producer submits files, workers transfer them, and the
 * caller reads the events. When the caller stops reading, all work is aborted; when it reads slowly, the work waits, so
 * that queued events do not fill the memory.
 */
import type { Clock } from '../../../platform/clock.ts';
import { addEvent, emptySummary, type TransferEvent } from './events.ts';

export interface WorkerPoolOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Files at a time. */
  readonly transfers: number;
}

/** What the producer and the workers use. */
export interface WorkerPool {
  /** Emits an event; resolves when the caller has read enough of the earlier ones. */
  emit(event: TransferEvent): Promise<void>;
  /** Emits a progress event, at most one in `progressIntervalMs` for each path. */
  progress(path: string, loaded: number, total: number | undefined): void;
  /**
   * Queues a job for the workers; resolves when the queue has room. If the job throws, a `failed` event for `path` is emitted.
   * The job's own signal aborts when `signal` does.
   */
  submit(path: string, job: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Aborts when the caller stops reading or its own signal aborts. */
  readonly signal: AbortSignal;
}

/** Events in the queue before `emit` waits. */
const maxQueuedEvents = 256;
const progressIntervalMs = 100;
/** Jobs that wait for a worker before `submit` waits: so many files are listed ahead of the transfers. */
const maxPendingJobs = 1000;

/**
 * Runs the producer and its jobs, and yields their events; the last event is the summary.
 * @param produce submits the jobs.
 * @param finish runs after the producer and all jobs have ended, before the summary.
 * @throws what `produce` throws; `signal.reason`.
 */
export async function* withWorkerPool(
  { clock, signal: outer, transfers }: WorkerPoolOptions,
  produce: (pool: WorkerPool) => Promise<void>,
  finish: (pool: WorkerPool) => Promise<void>,
): AsyncGenerator<TransferEvent, void, undefined> {
  const startedAt = clock.now();
  const stop = new AbortController();
  const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
  const queue = eventQueue();
  const pool = workerPool({ clock, signal, transfers }, queue);
  const work = (async () => {
    try {
      await produce(pool);
    } finally {
      await pool.idle();
    }
    await finish(pool);
  })();
  work.then(
    () => queue.end(),
    (error: unknown) => queue.end({ error }),
  );
  let summary = emptySummary;
  try {
    for await (const event of queue.events()) {
      summary = addEvent(summary, event);
      yield event;
    }
    outer?.throwIfAborted();
    yield { type: 'summary', ...summary, elapsed: clock.now() - startedAt };
  } finally {
    stop.abort();
    queue.close();
    await work.catch(() => undefined);
  }
}

type EventQueue = ReturnType<typeof eventQueue>;

function workerPool(
  { clock, signal, transfers }: WorkerPoolOptions & { signal: AbortSignal },
  queue: EventQueue,
): WorkerPool & Pick<JobQueue, 'idle'> {
  const lastProgressAt = new Map<string, number>();
  const controllers = controllerPool(signal);
  const emit = (event: TransferEvent) => queue.push(event);
  const run = async ({ path, job }: Job) => {
    const controller = controllers.take();
    try {
      await job(controller.signal);
    } catch (error) {
      if (!signal.aborted) await emit({ type: 'failed', path, error });
    } finally {
      lastProgressAt.delete(path);
      controllers.giveBack(controller);
    }
  };
  const jobs = jobQueue(run, { signal, transfers });
  return {
    signal,
    emit,
    progress(path: string, loaded: number, total: number | undefined) {
      const now = clock.now();
      if (now - (lastProgressAt.get(path) ?? Number.NEGATIVE_INFINITY) < progressIntervalMs) return;
      lastProgressAt.set(path, now);
      void emit({ type: 'progress', path, loaded, total });
    },
    submit: (path, job) => jobs.submit({ path, job }),
    idle: () => jobs.idle(),
  };
}

interface Job {
  readonly path: string;
  readonly job: (signal: AbortSignal) => Promise<void>;
}

type JobQueue = ReturnType<typeof jobQueue>;

/** Runs at most `transfers` jobs at the same time; {@link maxPendingJobs} more wait for a slot. */
function jobQueue(
  run: (job: Job) => Promise<void>,
  { signal, transfers }: { readonly signal: AbortSignal; readonly transfers: number },
) {
  const pending: Job[] = [];
  let inFlight = 0;
  let waiters: (() => void)[] = [];
  const slotFreed = () => new Promise<void>((resolve) => waiters.push(resolve));
  const freeSlot = () => {
    inFlight -= 1;
    if (signal.aborted) pending.length = 0;
    fillSlots();
    for (const resolve of waiters) resolve();
    waiters = [];
  };
  const fillSlots = () => {
    while (inFlight < transfers) {
      const next = pending.shift();
      if (next === undefined) return;
      inFlight += 1;
      void run(next).finally(freeSlot);
    }
  };
  return {
    async submit(job: Job) {
      signal.throwIfAborted();
      pending.push(job);
      fillSlots();
      while (pending.length >= maxPendingJobs) await slotFreed();
    },
    async idle() {
      while (inFlight > 0 || pending.length > 0) await slotFreed();
    },
  };
}

/**
 * One controller for each worker: Node warns of a leak when many listeners wait for one signal, and a controller for each
 * file took a quarter of the memory that a file needs.
 */
function controllerPool(signal: AbortSignal) {
  const all: AbortController[] = [];
  const idle: AbortController[] = [];
  signal.addEventListener('abort', () => all.forEach((controller) => controller.abort(signal.reason)), {
    once: true,
  });
  return {
    take() {
      const idleController = idle.pop();
      if (idleController !== undefined) return idleController;
      const controller = new AbortController();
      all.push(controller);
      return controller;
    },
    giveBack(controller: AbortController) {
      idle.push(controller);
    },
  };
}

/** A queue of events from many writers to one reader. */
function eventQueue() {
  const queued: TransferEvent[] = [];
  let ended: { readonly error?: unknown } | undefined;
  let readerLeft = false;
  const isClosed = () => readerLeft;
  let wake: (() => void) | undefined;
  let waitingForRoom: (() => void)[] = [];
  return {
    async push(event: TransferEvent) {
      if (isClosed()) return;
      queued.push(event);
      wake?.();
      while (queued.length > maxQueuedEvents && !isClosed())
        await new Promise<void>((resolve) => waitingForRoom.push(resolve));
    },
    end(result: { readonly error?: unknown } = {}) {
      ended = result;
      wake?.();
    },
    close() {
      readerLeft = true;
      for (const resolve of waitingForRoom) resolve();
    },
    async *events(): AsyncGenerator<TransferEvent, void, undefined> {
      for (;;) {
        const event = queued.shift();
        if (event !== undefined) {
          if (queued.length === maxQueuedEvents / 2)
            waitingForRoom = (waitingForRoom.forEach((resolve) => resolve()), []);
          yield event;
        } else if (ended !== undefined) {
          if ('error' in ended) throw ended.error;
          return;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
