/** Which requests are retried, and when, over scripted transports and a manual clock. */
import { describe, expect, test } from 'vitest';
import { answer, answering, bytesOf, get, url } from '../../../../../test/scripted/wire.ts';
import { OneDriveError } from '../../errors/index.ts';
import { manualClock, seededRandom } from '../../platform/index.ts';
import { readText, retry, streamBody, type Transport, textBody } from '../index.ts';
import { networkFailure } from '../network-error.ts';

describe('retry', () => {
  const retrying = (inner: Transport) => {
    const clock = manualClock(0);
    return { clock, send: retry({ clock, random: seededRandom(7) })(inner) };
  };

  test('waits as long as the service asks, then sends again', async () => {
    const { transport, seen } = answering(answer(429, { 'retry-after': '2.5' }), answer(200));
    const { clock, send } = retrying(transport);
    expect((await clock.runUntil(send(get()))).status).toBe(200);
    expect(clock.now()).toBeGreaterThanOrEqual(2500);
    expect(seen).toHaveLength(2);
  });

  test('returns the last response unread when it gives up', async () => {
    const { transport, seen } = answering(answer(429, { 'retry-after': '400' }, 'slow down'));
    const { clock, send } = retrying(transport);
    const response = await clock.runUntil(send(get()));
    expect(response.status).toBe(429);
    expect(await readText(response)).toBe('slow down');
    expect(seen).toHaveLength(1);
  });

  test('throws the last network error when it gives up', async () => {
    const broken = () => networkFailure(url, 'ETRUNCATED', 'x');
    const last = broken();
    const { transport, seen } = answering(broken(), broken(), broken(), broken(), broken(), last);
    const { clock, send } = retrying(transport);
    await expect(clock.runUntil(send(get()))).rejects.toBe(last);
    expect(seen).toHaveLength(6);
  });

  test('does not retry a POST after an unclear outcome', async () => {
    const { transport, seen } = answering(answer(500));
    const { clock, send } = retrying(transport);
    expect((await clock.runUntil(send(get({ method: 'POST', body: textBody('{}') })))).status).toBe(500);
    expect(seen).toHaveLength(1);
  });

  test('sends a body that cannot be read twice only once', async () => {
    const { transport, seen } = answering(answer(429, { 'retry-after': '1' }));
    const { clock, send } = retrying(transport);
    const body = streamBody(() => bytesOf('once'), 4, false);
    expect((await clock.runUntil(send(get({ method: 'PUT', body })))).status).toBe(429);
    expect(seen).toHaveLength(1);
  });

  test('an abort ends the pause with its reason', async () => {
    const { transport, seen } = answering(answer(503, { 'retry-after': '60' }));
    const { clock, send } = retrying(transport);
    const abort = new AbortController();
    const sending = send(get({ signal: abort.signal }));
    await clock.advance(10);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sending).rejects.toBe(reason);
    expect(seen).toHaveLength(1);
    expect(clock.sleepers()).toEqual([]);
  });

  test('does not retry after other errors', async () => {
    const mistake = new OneDriveError('integrity', 'the source changed');
    const { transport, seen } = answering(mistake);
    const { clock, send } = retrying(transport);
    await expect(clock.runUntil(send(get()))).rejects.toBe(mistake);
    expect(seen).toHaveLength(1);
  });
});
