/** The traced requests, and the headers that each one has. */
import { describe, expect, test } from 'vitest';
import { answer, answering, get, url } from '../../../../test/scripted/wire.ts';
import { manualClock, seededRandom } from '../platform/index.ts';
import { compose, requestId, retry, type TraceEvent, type Transport, trace, userAgent } from './index.ts';

describe('trace and headers', () => {
  test('reports each request and its response, without secrets', async () => {
    const events: TraceEvent[] = [];
    const clock = manualClock(1000);
    const inner: Transport = async () => {
      await clock.sleep(25);
      return answer(302, { location: 'https://h.example/download/secret-part' });
    };
    const send = trace({ clock, sink: (event) => events.push(event) })(inner);
    const headers = { authorization: 'Bearer secret-part', accept: '*/*' };
    await clock.runUntil(send(get({ url: `${url}?token=secret-part`, headers })));
    expect(events).toMatchObject([
      { type: 'request', id: 1, method: 'GET', headers: { accept: '*/*' }, size: 0 },
      { type: 'response', id: 1, status: 302, ms: 25 },
    ]);
    expect(JSON.stringify(events)).not.toContain('secret-part');
  });

  test('reports errors', async () => {
    const events: TraceEvent[] = [];
    const send = trace({ clock: manualClock(), sink: (event) => events.push(event) })(
      answering(new Error('no')).transport,
    );
    await expect(send(get())).rejects.toThrow('no');
    expect(events[1]).toMatchObject({ type: 'error', id: 1, message: 'no' });
  });

  test('every request has its own id, which its retries share', async () => {
    const clock = manualClock(0);
    const random = seededRandom(3);
    const { transport, seen } = answering(answer(429, { 'retry-after': '1' }), answer(200), answer(200));
    const send = compose(transport, userAgent('Kit/1'), requestId(random), retry({ clock, random }));
    await clock.runUntil(send(get()));
    await send(get());
    const ids = seen.map(({ headers }) => headers['client-request-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Kit/1', 'return-client-request-id': 'true' });
  });

  test('keeps headers that the request already has', async () => {
    const { transport, seen } = answering(answer(200));
    const send = compose(transport, userAgent('Kit/1'), requestId(seededRandom(3)));
    await send(get({ headers: { 'user-agent': 'Mine', 'client-request-id': 'mine' } }));
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Mine', 'client-request-id': 'mine' });
  });
});
