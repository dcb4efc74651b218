import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickXorHash } from '../../hash/index.ts';
import { runningHash } from './running-hash.ts';

describe('the running hash', () => {
  it('bytes that are sent twice are hashed once, however they are divided', () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, at) => at * 7);
    const whole = quickXorHash();
    whole.update(bytes);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 100 }))), (sends) => {
        const hash = runningHash();
        for (const [back, length] of sends) {
          const start = Math.max(0, hash.position - back);
          hash.add(start, bytes.subarray(start, start + length));
        }
        hash.add(hash.position, bytes.subarray(hash.position));
        expect(hash.digest()).toBe(whole.digest());
      }),
    );
  });

  it('a gap is a programming error', () => {
    expect(() => runningHash().add(1, new Uint8Array(1))).toThrow(RangeError);
  });
});
