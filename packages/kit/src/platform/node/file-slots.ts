/**
 * Waits if the process or the system has too many files open (EMFILE, ENFILE). A quarter of the files that a
 * process may open is for these; the rest is for connections, and for the embedded server if it runs in this
 * process.
 */
import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { systemClock } from '../web/system-clock.ts';

/** Limits the number of open files after the system has refused one. */
export interface FileSlots {
  /**
   * Opens a file when a slot is free.
   * @throws errors of `open`; EMFILE or ENFILE only if there was no slot within {@link patienceMs}.
   */
  enter<T>(open: () => Promise<T>): Promise<T>;
  /** Repeats a call that opens and closes a file itself. Throws like {@link FileSlots.enter}. */
  retry<T>(call: () => Promise<T>): Promise<T>;
  /** Reports that a file was closed. */
  leave: () => void;
}

/** The timeout for one file, and the pause between two attempts, in milliseconds. */
const patienceMs = 60_000;
const pauseMs = 50;

/** Number of open files before the limit of the process is read: most runs never reach it. */
const few = 8;

/** Options of {@link fileSlots}. */
export interface FileSlotsOptions {
  /** Default: the system clock. */
  readonly clock?: Clock;
  /** The number of files that the process may open. Default: the limit that Linux reports. */
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
      // Counted immediately, so that concurrent callers see it.
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
