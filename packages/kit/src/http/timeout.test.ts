/** Silent services, on a manual clock. */
import { describe, expect, test } from 'vitest';
import { answer, drain, get } from '../../../../test/scripted/wire.ts';
import { manualClock } from '../platform/index.ts';
import { readText, streamBody, type Transport, timeout } from './index.ts';

describe('timeout', () => {
  const never: Transport = () => new Promise<never>(() => {});
  const rule = { silenceMs: 1000 };

  test('gives up on a service that does not respond, as a broken connection', async () => {
    const clock = manualClock(0);
    const sending = timeout({ clock, ...rule })(never)(get());
    sending.catch(() => undefined);
    await clock.advance(999);
    await clock.advance(1);
    await expect(sending).rejects.toMatchObject({ code: 'network' });
  });

  test('aborts the attempt that it gives up', async () => {
    const clock = manualClock(0);
    let signal: AbortSignal | undefined;
    const inner: Transport = (request) => {
      signal = request.signal;
      return new Promise<never>(() => {});
    };
    await expect(clock.runUntil(timeout({ clock, ...rule })(inner)(get()))).rejects.toMatchObject({
      code: 'network',
    });
    expect(signal?.aborted).toBe(true);
  });

  test('an upload that makes progress may take any time', async () => {
    const clock = manualClock(0);
    const inner: Transport = async (request) => {
      await drain(request.body!.open(), () => clock.sleep(900));
      return answer(200);
    };
    async function* chunks() {
      for (let n = 0; n < 10; n++) yield new Uint8Array(1);
    }
    const send = timeout({ clock, ...rule })(inner);
    const response = await clock.runUntil(send(get({ method: 'PUT', body: streamBody(chunks, 10, true) })));
    expect(response.status).toBe(200);
    expect(clock.now()).toBe(9000);
  });

  test('a slow source is not silence of the service', async () => {
    const clock = manualClock(0);
    async function* slow() {
      await clock.sleep(5000);
      yield new Uint8Array(1);
    }
    const inner: Transport = async (request) => {
      await drain(request.body!.open());
      return answer(200);
    };
    const send = timeout({ clock, ...rule })(inner);
    const body = streamBody(slow, 1, true);
    expect((await clock.runUntil(send(get({ method: 'PUT', body })))).status).toBe(200);
  });

  test('a response that stops in the middle is an error, a slow reader is not', async () => {
    const clock = manualClock(0);
    async function* stalling() {
      yield new TextEncoder().encode('a');
      await new Promise<never>(() => {});
    }
    const send = timeout({ clock, ...rule })(async () => ({ status: 200, headers: {}, body: stalling() }));
    const reading = (async () => {
      const response = await send(get());
      await drain(response.body, () => clock.sleep(60_000));
    })();
    await expect(clock.runUntil(reading)).rejects.toMatchObject({ code: 'network' });
    expect(clock.now()).toBeGreaterThanOrEqual(61_000);
    expect(clock.now()).toBeLessThanOrEqual(62_000);
  });

  test('no timer remains after the response has been read', async () => {
    const clock = manualClock(0);
    const response = await timeout({ clock, ...rule })(async () => answer(200))(get());
    await readText(response);
    await clock.advance(0);
    expect(clock.sleepers()).toEqual([]);
  });

  test("an abort by the caller is thrown with the caller's reason", async () => {
    const clock = manualClock(0);
    const abort = new AbortController();
    const inner: Transport = (request) =>
      new Promise((_resolve, reject) =>
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason)),
      );
    const sending = timeout({ clock, ...rule })(inner)(get({ signal: abort.signal }));
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sending).rejects.toBe(reason);
  });
});
