import { expect, it } from 'vitest';
import { get } from '../../../../test/scripted/wire.ts';
import { manualClock } from '../platform/index.ts';
import { readJson, readText } from './read.ts';
import { steadyAnswer } from './steady-answer.ts';

const text = JSON.stringify('x'.repeat(998));

/** A response whose bytes arrive one at a time, `gapMs` apart. */
function trickling(gapMs: number, type = 'application/json; charset=utf-8') {
  const clock = manualClock(0);
  async function* body() {
    for (const byte of new TextEncoder().encode(text)) {
      await clock.sleep(gapMs);
      yield Uint8Array.of(byte);
    }
  }
  const transport = steadyAnswer({ clock })(async () => ({
    status: 200,
    headers: { 'content-type': type },
    body: body(),
  }));
  return { clock, transport };
}

it('a JSON response that arrives too slowly fails as a network error after about a minute', async () => {
  const { clock, transport } = trickling(200);
  const reading = transport(get()).then((response) => readJson(response));
  await expect(clock.runUntil(reading)).rejects.toMatchObject({ code: 'network' });
  expect(clock.now()).toBeLessThan(70_000);
});

it('a slow connection that makes progress is waited for', async () => {
  const { clock, transport } = trickling(50);
  await clock.runUntil(transport(get()).then((response) => readJson(response)));
});

it('content may take as long as it needs', async () => {
  const { clock, transport } = trickling(200, 'application/octet-stream');
  await clock.runUntil(transport(get()).then((response) => readText(response)));
  const other = trickling(200);
  await other.clock.runUntil(
    other.transport(get({ transient: true })).then((response) => readText(response)),
  );
});

it('the time of a slow reader is not included', async () => {
  const { clock, transport } = trickling(1);
  const read = async () => {
    for await (const chunk of (await transport(get())).body) await clock.sleep(chunk.byteLength * 10_000);
  };
  await clock.runUntil(read());
});
