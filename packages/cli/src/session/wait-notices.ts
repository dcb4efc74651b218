/**
 * Reports on stderr why a command is waiting: a pause that the service requested, or a retry after a failure. Concurrent
 * requests wait for the same reason, so one line is printed for all of them.
 */
import type { PaceNotice, RetryNotice } from 'onedrive-kit/http';
import type { GlobalFlags } from '../definition/flags.ts';
import { printable } from '../output/printable.ts';
import { durationText, timeText } from '../output/time-text.ts';
import type { World } from '../world.ts';

/** Shorter waits are reported with `--debug` only. */
const minNoticeMs = 2000;

export interface WaitNotices {
  readonly onRetry: (notice: RetryNotice) => void;
  readonly onWait: (notice: PaceNotice) => void;
}

/** @param service the host, and the profile if there is one: `graph.microsoft.com (profile work)`. */
export function waitNotices(service: string, flags: GlobalFlags, world: World): WaitNotices {
  const { clock, streams } = world;
  // Not awaited: a failed write of a notice must not stop the command.
  const write = (line: string): void =>
    void streams.stderr.write(`${printable(line)}\n`).catch(() => undefined);
  let last = { at: 0, until: 0 };
  const report = (waitMs: number, reason: string): void => {
    const at = clock.now();
    const until = at + waitMs;
    if (flags.debug) {
      write(`* waiting ${durationText(waitMs)}: ${reason}`);
      return;
    }
    const covered = at >= last.at && until <= last.until + minNoticeMs;
    if (flags.quiet || waitMs <= minNoticeMs || covered) return;
    last = { at, until };
    write(
      `Waiting ${durationText(waitMs)}, until ${timeText(until, at, true)}: ${reason}. Press Ctrl-C to stop.`,
    );
  };
  return {
    onRetry: (notice) => report(notice.afterMs, retryReason(notice, service)),
    onWait: ({ waitMs, reason }) => report(waitMs, paceReason(reason, service)),
  };
}

function retryReason({ request, status, fault, attempt }: RetryNotice, service: string): string {
  const { host } = new URL(request.url);
  const where = service.startsWith(host) ? service : host;
  const next = `before attempt ${String(attempt + 1)}`;
  if (status === 429 || status === 509) return `${where} is throttling requests (${String(status)}), ${next}`;
  if (status !== undefined) return `${where} responded with status ${String(status)}, ${next}`;
  return fault === 'unreachable'
    ? `${where} cannot be reached, ${next}`
    : `the connection to ${where} was lost, ${next}`;
}

function paceReason(reason: PaceNotice['reason'], service: string): string {
  return reason === 'paused'
    ? `${service} requested a pause`
    : `${service} limits requests, and few are left in this period`;
}
