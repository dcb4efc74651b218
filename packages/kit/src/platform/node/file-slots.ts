/**
 * Waits where the process or the system has too many files open (EMFILE, ENFILE). A quarter of the files that a process
 * may open is for these; the rest is left to connections, and to the embedded server where it runs in this process.
 */
import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { systemClock } from '../web/system-clock.ts';

/** Limits how many files are open at a time, once the system has refused one. */
export interface FileSlots {
  /**
   * Opens a file when there is room.
   * @throws what `open` throws; EMFILE or ENFILE only if no room was found in {@link patienceMs}.
   */
  enter<T>(open: () => Promise<T>): Promise<T>;
  /** Repeats a call that opens and closes something itself. Throws as {@link FileSlots.enter}. */
  retry<T>(call: () => Promise<T>): Promise<T>;
  /** A file was closed. */
  leave: () => void;
}

/** Milliseconds that one file is waited for, and between two attempts. */
const patienceMs = 60_000;
const pauseMs = 50;

/** Files that are open before the limit of the process is looked at: most runs never have as many. */
const few = 8;

/** How {@link fileSlots} waits. */
export interface FileSlotsOptions {
  /** Default: the system clock. */
  readonly clock?: Clock;
  /** Files that the process may open, if known. Default: what Linux shows of the process. */
  readonly limitOfProcess?: () => number | undefined;
}

/** Creates the slots of one process. */
export function fileSlots({
  clock = systemClock,
  limitOfProcess = linuxLimit,
}: FileSlotsOptions = {}): FileSlots {
  let open = 0;
  let limit: number | undefined;
  const atMost = () => {
    if (open < few) return limit ?? few;
    limit ??= Math.max(few, Math.floor((limitOfProcess() ?? Number.POSITIVE_INFINITY) / 4));
    return limit;
  };
  const waiting: (() => void)[] = [];
  const leave = () => {
    open -= 1;
    waiting.shift()?.();
  };
  const retry = async <T>(call: () => Promise<T>): Promise<T> => {
    const until = clock.now() + patienceMs;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isTooMany(error) || clock.now() >= until) throw error;
        limit = Math.min(limit ?? open, Math.max(1, Math.floor(open / 2)));
        await clock.sleep(pauseMs);
      }
    }
  };
  return {
    async enter(work) {
      // Counted at once: callers that come meanwhile must see it.
      while (open >= atMost()) await new Promise<void>((resolve) => waiting.push(resolve));
      open += 1;
      try {
        return await retry(work);
      } catch (error) {
        leave();
        throw error;
      }
    },
    retry,
    leave,
  };
}

function isTooMany(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}

function linuxLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
