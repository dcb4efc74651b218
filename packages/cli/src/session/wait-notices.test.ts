import { manualClock } from 'onedrive-kit/platform';
import { describe, expect, it } from 'vitest';
import { get } from '../../../../test/scripted/wire.ts';
import type { GlobalFlags } from '../definition/flags.ts';
import type { World } from '../world.ts';
import { blockedText } from './blocked-lock.ts';
import { waitNotices } from './wait-notices.ts';

function noticing(flags: Partial<GlobalFlags> = {}) {
  const lines: string[] = [];
  const clock = manualClock(new Date(2026, 0, 15, 12, 0, 0).getTime());
  const stderr = { isTTY: false, columns: undefined, write: async (text: string) => void lines.push(text) };
  const world = { clock, streams: { stderr } } as unknown as World;
  const notices = waitNotices('graph.test (profile work)', { ...({} as GlobalFlags), ...flags }, world);
  const request = get({ url: 'https://graph.test/v1.0/me' });
  return { lines, clock, notices, request };
}

describe('a wait', () => {
  it('of more than two seconds is reported with service, reason, duration and end', () => {
    const { lines, notices, request } = noticing();
    notices.onRetry({ request, attempt: 1, afterMs: 120_000, status: 429 });
    expect(lines).toEqual([
      'Waiting 2 min, until 12:02:00: graph.test (profile work) is throttling requests (429), before attempt 2. Press Ctrl-C to stop.\n',
    ]);
  });

  it('of two seconds or less is not, and neither is any with --quiet', () => {
    const { lines, notices, request } = noticing();
    notices.onRetry({ request, attempt: 1, afterMs: 2000, status: 503 });
    const quiet = noticing({ quiet: true });
    quiet.notices.onWait({ waitMs: 60_000, until: 0, reason: 'paused' });
    expect([...lines, ...quiet.lines]).toEqual([]);
  });

  it('is reported once for requests that wait side by side, and again when it gets longer', async () => {
    const { lines, notices, clock, request } = noticing();
    for (let n = 0; n < 8; n++) notices.onRetry({ request, attempt: 1, afterMs: 9000 + n, status: 429 });
    notices.onWait({ waitMs: 9000, until: 0, reason: 'paused' });
    expect(lines).toHaveLength(1);
    await clock.advance(9000);
    notices.onWait({ waitMs: 30_000, until: 0, reason: 'allowance' });
    expect(lines).toHaveLength(2);
  });

  it('of any length is part of the trace', () => {
    const { lines, notices, request } = noticing({ debug: true });
    notices.onRetry({ request, attempt: 2, afterMs: 400, status: undefined, fault: 'unreachable' });
    expect(lines).toEqual([
      '* waiting 400 ms: graph.test (profile work) cannot be reached, before attempt 3\n',
    ]);
  });
});

describe('a lock that blocks', () => {
  const now = new Date(2026, 0, 15, 12, 30).getTime();
  const holder = { place: 'here', pid: 42, since: now - 60_000, command: 'onedrive-cli put', stopped: false };

  it('is reported with its holder and what it is for', () => {
    expect(blockedText({ name: 'transfer-1', holder }, now)).toBe(
      'Waiting for process 42 (onedrive-cli put, since 12:29) to transfer the same file. Press Ctrl-C to stop waiting.',
    );
    expect(blockedText({ name: 'x', holder: undefined }, now)).toContain('another process');
  });

  it('names the command that resumes a suspended holder', () => {
    expect(blockedText({ name: 'sign-in', holder: { ...holder, stopped: true } }, now)).toContain(
      'kill -CONT 42',
    );
  });
});
