import fc from 'fast-check';
import { expect, it } from 'vitest';
import { receiveBuffer } from './receive-buffer.ts';

type Step = { readonly arrive: number } | { readonly take: true; readonly back: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      arrive: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 100_000, max: 400_000 })),
    }),
    fc.record({ take: fc.constant(true as const), back: fc.nat(300) }),
  ),
  { maxLength: 30 },
);

it('returns every byte once and in order, however it is filled, taken and given back', () => {
  fc.assert(
    fc.property(steps, (plan: readonly Step[]) => {
      const buffer = receiveBuffer();
      let next = 0;
      let expected = 0;
      let room = buffer.room();
      const taken = (back: number) => {
        const bytes = buffer.take();
        if (bytes === undefined) return;
        expect(bytes.findIndex((byte, i) => byte !== ((expected + i) & 0xff))).toBe(-1);
        expected += bytes.byteLength;
        const returned = Math.min(back, bytes.byteLength);
        if (returned === 0) return;
        buffer.giveBack(returned);
        expected -= returned;
      };
      for (const step of plan) {
        if ('arrive' in step) {
          const count = Math.min(step.arrive, room.byteLength);
          for (let i = 0; i < count; i++) room[i] = next++ & 0xff;
          buffer.filled(count);
          room = buffer.room();
        } else taken(step.back);
        expect(buffer.waiting).toBe(next - expected);
      }
      while (buffer.waiting > 0) taken(0);
      expect(expected).toBe(next);
    }),
    { numRuns: 30 },
  );
});

it('keeps the bytes that the reader has while others arrive', () => {
  const buffer = receiveBuffer();
  buffer.room().fill(1, 0, 1000);
  buffer.filled(1000);
  const held = buffer.take();
  for (let i = 0; i < 40; i++) {
    const room = buffer.room();
    room.fill(2);
    buffer.filled(room.byteLength);
  }
  expect(held?.every((byte) => byte === 1)).toBe(true);
});

it('joins small pieces into few large ones and reuses memory', () => {
  const buffer = receiveBuffer();
  const seen = new Set<ArrayBufferLike>();
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 8; i++) {
      seen.add(buffer.room().buffer);
      buffer.filled(16_384);
    }
    const pieces = [buffer.take()?.byteLength ?? 0, buffer.take()?.byteLength ?? 0] as const;
    expect(pieces[0] + pieces[1]).toBe(8 * 16_384);
  }
  expect(seen.size).toBeLessThanOrEqual(3);
});

it('refuses to take back bytes that were not taken', () => {
  expect(() => receiveBuffer().giveBack(1)).toThrow(RangeError);
});
