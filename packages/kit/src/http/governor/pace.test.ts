/** Which requests wait, over scripted transports and a manual clock. */
import { describe, expect, test } from 'vitest';
import { answer, answering, get } from '../../../../../test/scripted/wire.ts';
import { manualClock } from '../../platform/index.ts';
import { pace, paceGate } from '../index.ts';

describe('pace', () => {
  test('limits the requests in flight and starts the next ones in order', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock, limits: { start: 2, max: 2 } });
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const send = pace(
      gate,
      clock,
    )((request) => {
      order.push(request.url);
      return new Promise((resolve) => ends.push(() => resolve(answer(200))));
    });
    const all = ['a', 'b', 'c', 'd'].map((name) => send(get({ url: name })));
    await clock.advance(0);
    expect(order).toEqual(['a', 'b']);
    ends[1]!();
    await clock.advance(0);
    expect(order).toEqual(['a', 'b', 'c']);
    ends[0]!();
    ends[2]!();
    await clock.advance(0);
    ends[3]!();
    await Promise.all(all);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    expect(gate.state().inFlight).toBe(0);
  });

  test('pauses every request after one throttled response', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock });
    const { transport, seen } = answering(answer(429, { 'retry-after': '10' }), answer(200), answer(200));
    const send = pace(gate, clock)(transport);
    await send(get());
    const others = Promise.all([send(get()), send(get())]);
    await clock.advance(9_999);
    expect(seen).toHaveLength(1);
    await clock.advance(1);
    await others;
    expect(seen).toHaveLength(3);
  });

  test('an abort while waiting in the queue does not affect the others', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock, limits: { start: 1, max: 1 } });
    const ends: (() => void)[] = [];
    const send = pace(gate, clock)(() => new Promise((resolve) => ends.push(() => resolve(answer(200)))));
    const abort = new AbortController();
    const first = send(get());
    const aborted = send(get({ signal: abort.signal }));
    const last = send(get());
    await clock.advance(0);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    ends[0]!();
    await first;
    await clock.advance(0);
    ends[1]!();
    expect((await last).status).toBe(200);
  });

  test('an abort during a pause blocks no other request', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock });
    const { transport } = answering(answer(429, { 'retry-after': '10' }), answer(200));
    const send = pace(gate, clock)(transport);
    await send(get());
    const abort = new AbortController();
    const aborted = send(get({ signal: abort.signal }));
    const next = send(get());
    await clock.advance(1);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect((await clock.runUntil(next)).status).toBe(200);
    expect(clock.now()).toBe(10_000);
  });

  test('a request that fails releases its slot', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock, limits: { start: 1, max: 1 } });
    const { transport } = answering(new Error('broken'), answer(200));
    const send = pace(gate, clock)(transport);
    await expect(send(get())).rejects.toThrow('broken');
    expect((await send(get())).status).toBe(200);
  });
});
