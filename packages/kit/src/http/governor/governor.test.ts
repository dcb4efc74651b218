import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, manualClock, memoryStore } from '../../platform/index.ts';
import { bytesBody, streamBody } from '../bodies.ts';
import { readBytes } from '../read.ts';
import { limitRate, rateAllowance, type WayAllowances } from './limit-rate.ts';
import { type PaceNotice, paceGate } from './pace.ts';
import { ended, newPacing, pausedBy, started, waitToStart } from './pacing.ts';
import { rateLimitOf } from './rate-limit.ts';
import { resourceUnits } from './resource-units.ts';
import { storedPauses } from './shared-pauses.ts';

describe('a nearly used-up allowance', () => {
  const headers = (limit: number, remaining: number, reset: number) => ({
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(reset),
  });

  it('is read only when all of its headers are present', () => {
    expect(rateLimitOf(headers(100, 10, 5))).toEqual({ limit: 100, remaining: 10, resetMs: 5000 });
    expect(rateLimitOf({ 'ratelimit-limit': '100' })).toBeUndefined();
    expect(rateLimitOf({ ...headers(1, 1, 1), 'ratelimit-reset': 'soon' })).toBeUndefined();
  });

  it('spreads the remaining units over the remaining time, and pauses when there are none', () => {
    const short = ended(
      started(newPacing(), 0),
      { kind: 'success', rate: rateLimitOf(headers(100, 10, 5)) },
      0,
      0,
    );
    expect(waitToStart(started(short, 1000), 1100)).toBe(400);
    const empty = ended(
      started(newPacing(), 0),
      { kind: 'success', rate: rateLimitOf(headers(100, 0, 5)) },
      0,
      100,
    );
    expect(waitToStart(empty, 100)).toBe(5000);
    const untold = ended(started(short, 0), { kind: 'success' }, 0, 0);
    expect(waitToStart(started(untold, 1000), 1100)).toBe(400);
    expect(waitToStart(started(untold, 4900), 4950)).toBe(50);
    const enough = ended(
      started(short, 0),
      { kind: 'success', rate: rateLimitOf(headers(100, 90, 5)) },
      0,
      0,
    );
    expect(waitToStart(started(enough, 1000), 1000)).toBe(0);
  });
});

describe('a pause of another process', () => {
  it('applies to this process, which then slows down as much', () => {
    const state = pausedBy(newPacing({ start: 8 }), 5000, 2, 1000);
    expect(waitToStart(state, 1000)).toBe(4000);
    expect(state.window).toBe(2);
    expect(pausedBy(state, 3000, 1, 1000)).toBe(state);
    expect(pausedBy(state, 900, 1, 1000)).toBe(state);
  });

  it('is read from the shared record', async () => {
    const clock = manualClock();
    const store = memoryStore();
    const gate = () => paceGate({ clock, shared: storedPauses(store, 'pauses/me.json') });
    const end = await gate().enter();
    await end({ kind: 'throttled', retryAfterMs: 7000 });
    const began = clock.now();
    const other = gate();
    await clock.runUntil(other.enter());
    expect(clock.now() - began).toBe(7000);
  });

  const twoGates = () => {
    const clock = manualClock();
    const store = memoryStore();
    return { clock, store, gate: () => paceGate({ clock, shared: storedPauses(store, 'pauses/me.json') }) };
  };
  const short = { kind: 'success', rate: { limit: 100, remaining: 10, resetMs: 5000 } } as const;

  it('is followed by the same reduced concurrency as in the throttled process, for five minutes', async () => {
    const { clock, gate } = twoGates();
    const throttled = gate();
    while (throttled.state().window > 2) {
      const end = await clock.runUntil(throttled.enter());
      await end({ kind: 'throttled', retryAfterMs: 1000 });
      await clock.advance(1000);
    }
    const soon = gate();
    await soon.enter();
    expect(soon.state().window).toBe(throttled.state().window);
    await clock.advance(300_000);
    const late = gate();
    await late.enter();
    expect(late.state().window).toBe(paceGate({ clock }).state().window);
  });

  it('the nearly used-up allowance of one process slows all processes until it is renewed', async () => {
    const { clock, gate } = twoGates();
    const other = gate();
    await (await other.enter())({ kind: 'success' });
    await (await gate().enter())(short);
    await clock.advance(500);
    for (const one of [other, gate()]) {
      await one.enter(); // and this one looks
      await clock.advance(0);
      const began = clock.now();
      await clock.runUntil(one.enter());
      await clock.runUntil(one.enter());
      expect(clock.now() - began).toBe(1000);
    }
    await clock.advance(5000);
    const renewed = clock.now();
    await clock.runUntil(Promise.all([other.enter(), other.enter(), other.enter()]));
    expect(clock.now()).toBe(renewed);
  });

  it('is written once while the allowance stays low, and is not lost when a record with a shorter one is written', async () => {
    const { clock, store, gate } = twoGates();
    let writes = 0;
    const write = store.write.bind(store);
    store.write = (...args) => {
      writes++;
      return write(...args);
    };
    const one = gate();
    for (let n = 0; n < 5; n++) await (await clock.runUntil(one.enter()))(short);
    expect(writes).toBe(1);
    const pauses = storedPauses(store, 'pauses/me.json');
    const told = { window: 4, spacingMs: 0, spacedUntil: 0, toldAt: clock.now() };
    await pauses.tell({ ...told, pausedUntil: 9_000_000 });
    await pauses.tell({ ...told, pausedUntil: 8_000_000 });
    expect((await pauses.read())?.pausedUntil).toBe(9_000_000);
  });

  it('is removed when it has no more effect, and not before', async () => {
    const { clock, store, gate } = twoGates();
    await (await gate().enter())({ kind: 'throttled', retryAfterMs: 1000 });
    for (const [ms, records] of [
      [300_000, 1],
      [1000, 0],
    ] as const) {
      await clock.advance(ms);
      await gate().enter();
      expect(await store.list('pauses/')).toHaveLength(records);
    }
  });

  it('is ignored if its file cannot be read or is damaged', async () => {
    const store = memoryStore();
    await store.write('pauses/me.json', '{"pausedUntil":"never"');
    const gate = paceGate({ clock: manualClock(), shared: storedPauses(store, 'pauses/me.json') });
    await gate.enter();
    expect(gate.state().inFlight).toBe(1);
  });
});

describe('resource units', () => {
  const base = 'https://graph.microsoft.com/v1.0/me/drive';
  it.each([
    ['GET', '/items/1', 1],
    ['GET', '/root/children?$top=10', 2],
    ['GET', '/root/delta', 2],
    ['GET', '/root/delta?token=x', 1],
    ['PUT', '/items/1/content', 2],
    ['POST', '/items/1/createLink', 5],
    ['GET', '/items/1/permissions', 5],
    ['GET', '/items/1?$expand=permissions', 5],
  ] as const)('%s %s costs %i', (method, path, units) => {
    expect(resourceUnits({ method, url: base + path })).toBe(units);
  });

  it('add up', async () => {
    const gate = paceGate({ clock: manualClock() });
    await gate.enter(undefined, 5);
    await gate.enter(undefined, 2);
    expect(gate.state().units).toBe(7);
  });
});

describe('a rate limit', () => {
  it('passes every byte, and no sooner than the rate allows, whatever the sizes of the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 200_000 }), { maxLength: 4 }),
        fc.boolean(),
        async (sizes, up) => {
          const clock = manualClock();
          const rate = 100_000;
          const total = sizes.reduce((sum, size) => sum + size, 0);
          async function* pieces() {
            for (const size of sizes) yield new Uint8Array(size);
          }
          async function* nothing() {}
          let sent = 0;
          const allowance = rateAllowance(clock, rate);
          const transport = limitRate({ up: allowance, down: allowance })(async (request) => {
            for await (const chunk of request.body?.open() ?? nothing()) sent += chunk.byteLength;
            return { status: 200, headers: {}, body: up ? nothing() : pieces() };
          });
          const body = up ? streamBody(pieces, total, true) : undefined;
          const began = clock.now();
          const work = transport({ method: 'PUT', url: 'https://x/', headers: {}, body }).then((answer) =>
            readBytes(answer),
          );
          const got = await clock.runUntil(work);
          expect(up ? sent : got.byteLength).toBe(total);
          // Less than a millisecond is not slept for, and adds up in the allowance instead.
          expect(clock.now() - began).toBeGreaterThanOrEqual((total / rate) * 1000 - 2);
        },
      ),
      { numRuns: 20 },
    );
  });

  const bytes = new Uint8Array(100_000);

  /** Seconds that as many bytes take up and, at the same time, down. */
  const both = async (limits: (clock: Clock) => WayAllowances) => {
    const clock = manualClock();
    const send = limitRate(limits(clock))(async ({ body }) => {
      if (body === undefined) return { status: 200, headers: {}, body: bytesBody(bytes).open() };
      const sent = await readBytes({ status: 200, headers: {}, body: body.open() });
      expect(sent.byteLength).toBe(bytes.byteLength);
      return { status: 204, headers: {}, body: bytesBody(new Uint8Array()).open() };
    });
    const requests = [bytesBody(bytes), undefined].map(async (body) =>
      readBytes(await send({ method: 'PUT', url: 'https://x/', headers: {}, body })),
    );
    const began = clock.now();
    await clock.runUntil(Promise.all(requests));
    return Math.round((clock.now() - began) / 1000);
  };

  it.each([
    ['upload only', 5, (clock: Clock) => ({ up: rateAllowance(clock, 20_000) })],
    ['download only', 10, (clock: Clock) => ({ down: rateAllowance(clock, 10_000) })],
    ['neither', 0, () => ({})],
    ['both', 5, (clock: Clock) => ({ up: rateAllowance(clock, 20_000), down: rateAllowance(clock, 25_000) })],
  ] as const)('of %s limits that direction only', async (_way, seconds, limits) => {
    expect(await both(limits)).toBe(seconds);
  });

  it('for both directions together counts sent and received bytes', async () => {
    const limits = (clock: Clock) => {
      const shared = rateAllowance(clock, 20_000);
      return { up: shared, down: shared };
    };
    expect(await both(limits)).toBe(10);
  });
});

describe('a pause that is longer than the maximum wait', () => {
  const minute = 60_000;
  const record = { window: 4, spacingMs: 0, spacedUntil: 0 };
  const setUp = async (
    pause: { readonly pausedUntil: number; readonly toldAt: number },
    now = 1_000_000_000,
  ) => {
    const clock = manualClock(now);
    const store = memoryStore();
    await store.write('pauses/me.json', JSON.stringify({ ...record, ...pause }));
    const waits: PaceNotice[] = [];
    const shared = storedPauses(store, 'pauses/me.json');
    return { clock, waits, shared, gate: paceGate({ clock, shared, onWait: (wait) => waits.push(wait) }) };
  };
  const now = 1_000_000_000;

  it('fails at once as throttled, with the remaining time', async () => {
    const { clock, gate } = await setUp({ pausedUntil: now + 50 * minute, toldAt: now });
    await expect(gate.enter()).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 50 * minute });
    expect(clock.now()).toBe(now);
  });

  it('also fails the requests of the process that was throttled', async () => {
    const clock = manualClock(now);
    const gate = paceGate({ clock });
    await (await gate.enter())({ kind: 'throttled', retryAfterMs: 60 * minute });
    await expect(gate.enter()).rejects.toMatchObject({ code: 'throttled' });
  });

  it('is five minutes by default, and shorter pauses are waited for and reported', async () => {
    const { clock, gate, waits } = await setUp({ pausedUntil: now + 5 * minute, toldAt: now });
    await clock.runUntil(gate.enter());
    expect(clock.now()).toBe(now + 5 * minute);
    expect(waits).toEqual([{ waitMs: 5 * minute, until: now + 5 * minute, reason: 'paused' }]);
    const strict = paceGate({ clock, maxWaitMs: 1000 });
    await (await strict.enter())({ kind: 'throttled', retryAfterMs: 2000 });
    await expect(strict.enter()).rejects.toMatchObject({ code: 'throttled' });
  });

  it.each([
    ['written in the future', { pausedUntil: now + 1440 * minute, toldAt: now + 1439 * minute }],
    ['of more than a day', { pausedUntil: now + 1e15, toldAt: now }],
    ['without the time when it was written', { pausedUntil: now + 2 * minute, toldAt: 0 }],
  ])('has no effect if the record is %s, and a new record replaces it', async (_, pause) => {
    const { clock, gate, shared } = await setUp(pause);
    await gate.enter();
    expect(clock.now()).toBe(now);
    await shared.tell({ ...record, pausedUntil: now + 1000, toldAt: now });
    expect((await shared.read())?.pausedUntil).toBe(now + 1000);
  });

  it('has no effect after the clock is set back: no request waits for a day', async () => {
    let shift = 0;
    const real = manualClock(now);
    const clock: Clock = { now: () => real.now() + shift, sleep: (ms, options) => real.sleep(ms, options) };
    const gate = paceGate({ clock });
    await (await gate.enter())({ kind: 'throttled', retryAfterMs: minute });
    shift = -1440 * minute;
    await gate.enter();
    expect(real.now()).toBe(now);
  });

  it('never follows from a successful response: its reset is at most a minute away', () => {
    const headers = { 'ratelimit-limit': '100', 'ratelimit-remaining': '0', 'ratelimit-reset': '86400' };
    expect(rateLimitOf(headers)?.resetMs).toBe(minute);
  });
});
