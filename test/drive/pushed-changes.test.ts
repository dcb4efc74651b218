/** The notification channel: notifications shorten a wait, failures never lengthen it. */
import { describe, expect, it } from 'vitest';
import { type ChannelEvents, pushedChanges, watchChanges } from '../../packages/kit/src/drive/index.ts';
import { graphProvider } from '../../packages/kit/src/drive/provider/graph-provider.ts';
import { renewalTime } from '../../packages/kit/src/drive/watching/pushed-changes.ts';
import { OneDriveError } from '../../packages/kit/src/errors/index.ts';
import { myDrive } from '../../packages/kit/src/graph/index.ts';
import { manualClock } from '../../packages/kit/src/platform/memory/manual-clock.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import { embeddedDrive } from '../embedded/embedded-drive.ts';
import { type ScriptedStep, scripted } from '../scripted/scripted-transport.ts';

const url = 'https://push.example/notifications?token=s';
const minute = 60_000;

function channel(steps: readonly ScriptedStep[] = [{ json: { notificationUrl: url } }]) {
  const clock = manualClock(0);
  const { transport, seen } = scripted(steps, { forever: true });
  const client = { transport, plain: transport, baseUrl: 'https://graph.example/v1.0' };
  const context = {
    provider: graphProvider(client, myDrive),
    world: { clock, random: seededRandom(1) },
  };
  const made: { events: ChannelEvents; url: string; open: boolean }[] = [];
  const changes = pushedChanges(context, async (to, events) => {
    const one = { events, url: to.href, open: true };
    made.push(one);
    return { close: () => void (one.open = false) };
  });
  /** Starts a wait; resolves with the time of its end, in milliseconds since the start. */
  const wait = (ms: number, signal?: AbortSignal) => {
    const state: { over?: number; error?: unknown } = {};
    changes.wait(ms, signal).then(
      () => (state.over = clock.now()),
      (error: unknown) => (state.error = error),
    );
    return state;
  };
  return { clock, seen, made, changes, wait };
}

describe('a wait for changes', () => {
  it('opens the channel of the drive, and lasts the whole time if nothing happens', async () => {
    const { clock, seen, made, wait } = channel();
    const one = wait(15_000);
    await clock.advance(14_999);
    expect(one).toEqual({});
    await clock.advance(1);
    expect(one.over).toBe(15_000);
    expect(seen.map((request) => request.url)).toEqual([
      'https://graph.example/v1.0/me/drive/root/subscriptions/socketIo',
    ]);
    expect(made.map((each) => each.url)).toEqual([url]);
  });

  it('ends at once when a notification arrives, and when the connection is established', async () => {
    const { clock, made, wait } = channel();
    const first = wait(15_000);
    await clock.advance(10);
    made[0]!.events.stands();
    await clock.advance(0);
    expect(first.over).toBe(10);
    const second = wait(15_000);
    await clock.advance(5);
    made[0]!.events.told();
    await clock.advance(0);
    expect(second.over).toBe(15);
    expect(made).toHaveLength(1);
  });

  it('ends immediately if a notification arrived since the last one, and lasts after that', async () => {
    const { clock, made, wait } = channel();
    wait(10);
    await clock.advance(10);
    made[0]!.events.told();
    const missed = wait(15_000);
    await clock.advance(0);
    expect(missed.over).toBe(10);
    const next = wait(15_000);
    await clock.advance(14_999);
    expect(next).toEqual({});
  });

  it.each([
    ['refuses', { status: 400, json: { error: { code: 'notSupported' } } }],
    ['gives no address', { json: {} }],
    ['gives an address without TLS', { json: { notificationUrl: 'http://push.example/x' } }],
  ])(
    'lasts as without a channel where the service %s, which is asked again after five minutes',
    async (_, answer) => {
      const { clock, seen, made, wait } = channel([answer]);
      for (let round = 1; round <= 20; round++) {
        const one = wait(15_000);
        await clock.advance(15_000);
        expect(one.over).toBe(round * 15_000);
      }
      expect([seen.length, made.length]).toEqual([1, 0]);
      wait(15_000);
      await clock.advance(0);
      expect(seen).toHaveLength(2);
    },
  );

  it('reopens a broken channel, after pauses that double until a notification arrives', async () => {
    const { clock, made, wait } = channel();
    wait(60 * minute);
    await clock.advance(0);
    const opened: number[] = [];
    for (const pause of [1000, 2000, 4000]) {
      const before = made.length;
      made.at(-1)!.events.broke();
      await clock.advance(pause - 1);
      expect(made).toHaveLength(before);
      await clock.advance(1);
      opened.push(made.length);
    }
    expect(opened).toEqual([2, 3, 4]);
    made.at(-1)!.events.told();
    wait(60 * minute);
    await clock.advance(0);
    made.at(-1)!.events.broke();
    await clock.advance(1000);
    expect(made.map(({ open }) => open)).toEqual([false, false, false, false, true]);
  });

  it('renews the channel before it expires, within one wait, and closes the old one, which tells nothing more', async () => {
    const { clock, made, wait } = channel([
      { json: { notificationUrl: url, expirationDateTime: new Date(100 * minute).toISOString() } },
      { json: { notificationUrl: url, expirationDateTime: new Date(900 * minute).toISOString() } },
    ]);
    const one = wait(500 * minute);
    await clock.advance(90 * minute - 1);
    expect(made.map(({ open }) => open)).toEqual([true]);
    await clock.advance(1);
    expect(made.map(({ open }) => open)).toEqual([false, true]);
    made[0]!.events.told();
    made[0]!.events.broke();
    await clock.advance(minute);
    expect([one, made.length]).toEqual([{}, 2]);
  });

  it('ends with the reason of its signal, at once', async () => {
    const { clock, wait } = channel();
    const stop = new AbortController();
    const one = wait(15_000, stop.signal);
    await clock.advance(10);
    const reason = new Error('enough');
    stop.abort(reason);
    await clock.advance(0);
    expect(one.error).toBe(reason);
    expect(clock.sleepers()).toEqual([]);
    const late = wait(15_000, stop.signal);
    await clock.advance(0);
    expect(late.error).toBe(reason);
  });

  it('throws errors of other kinds than service and network', async () => {
    const mistake = new TypeError('a mistake in the program');
    const { clock, wait } = channel([mistake]);
    const one = wait(15_000);
    await clock.advance(0);
    expect(one.error).toBe(mistake);
  });

  it('survives a network that is gone', async () => {
    const { clock, wait } = channel([new OneDriveError('network', 'No way there.')]);
    const one = wait(15_000);
    await clock.advance(15_000);
    expect(one.over).toBe(15_000);
  });

  it('a closed channel is closed also where it was still being opened', async () => {
    const { clock, made, changes, wait } = channel();
    wait(15_000);
    changes.close();
    await clock.advance(0);
    expect(made.map(({ open }) => open)).toEqual([false]);
  });
});

describe('the time of a renewal', () => {
  it.each([
    ['nine tenths of the life', { expirationDateTime: '1970-01-01T10:00:00Z' }, 9 * 60 * minute],
    ['never, if the expiry is missing', {}, Number.POSITIVE_INFINITY],
    ['never, if the expiry is not a time', { expirationDateTime: 'soon' }, Number.POSITIVE_INFINITY],
    [
      'in a minute, where this clock is ahead of the end',
      { expirationDateTime: '1969-12-31T00:00:00Z' },
      minute,
    ],
  ])('%s', (_, facts, time) => {
    expect(renewalTime(0, { notificationUrl: url, ...facts })).toBe(time);
  });
});

it('a notification starts the next round of a watch', async () => {
  const { drive, asked } = await embeddedDrive();
  const waits: number[] = [];
  let tell = (): void => undefined;
  const changes = {
    wait(ms: number) {
      waits.push(ms);
      return new Promise<void>((resolve) => (tell = resolve));
    },
  };
  const events = watchChanges(drive.context, '', { interval: 7000, changes });
  const rounds = () => asked.filter((line) => line.includes('/delta')).length;
  await events.next();
  const next = events.next();
  await drive.upload(new TextEncoder().encode('x'), '', { name: 'new.txt' });
  const before = rounds();
  tell();
  await next;
  expect([waits, rounds() - before]).toEqual([[7000], 1]);
});
