/** Reports a lock that another process holds: which process, since when, and what to do if it is suspended. */
import type { BlockedLock } from 'onedrive-kit/platform/node';
import { printable } from '../output/printable.ts';
import { timeText } from '../output/time-text.ts';
import type { World } from '../world.ts';

/** The `onBlocked` callback of `fileLock`. Reports nothing with `--quiet`. */
export function blockedLockNotice({ streams, clock }: World, quiet = false): (blocked: BlockedLock) => void {
  return (blocked) => {
    // Not awaited: a failed write of a notice must not stop the command.
    if (!quiet)
      void streams.stderr.write(`${printable(blockedText(blocked, clock.now()))}\n`).catch(() => undefined);
  };
}

/** @param now milliseconds since the epoch */
export function blockedText({ name, holder }: BlockedLock, now: number): string {
  const stop = 'Press Ctrl-C to stop waiting.';
  if (holder === undefined) return `Waiting for another process ${workOf(name)}. ${stop}`;
  const { pid, since, command, stopped } = holder;
  const details = [
    ...(command === undefined ? [] : [command]),
    ...(since === undefined ? [] : [`since ${timeText(since, now)}`]),
  ];
  const owner = `process ${String(pid)}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
  if (!stopped) return `Waiting for ${owner} ${workOf(name)}. ${stop}`;
  return `Waiting for ${owner} ${workOf(name)}. It is suspended: resume it with "kill -CONT ${String(pid)}", or end it. ${stop}`;
}

function workOf(name: string): string {
  if (name.startsWith('sign-in')) return 'to renew the sign-in';
  if (name.startsWith('transfer-')) return 'to transfer the same file';
  if (name.startsWith('config')) return 'to change the configuration';
  return 'to finish with shared state';
}
