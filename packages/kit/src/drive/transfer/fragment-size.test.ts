import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFragmentSize } from './fragment-size.ts';

describe('the size of the next fragment', () => {
  const bounds = { unit: 320 << 10, max: 59 * (1 << 20) + (704 << 10) };

  it('grows while fragments are fast, shrinks when they are slow or fail', () => {
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 1900 }, bounds)).toBe(20 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 500 }, bounds)).toBe(40 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 0 }, bounds)).toBe(bounds.max);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 5000 }, bounds)).toBe(10 << 20);
    expect(nextFragmentSize(10 << 20, { ok: true, ms: 30_000 }, bounds)).toBe(5 << 20);
    expect(nextFragmentSize(10 << 20, { ok: false, ms: 10 }, bounds)).toBe(5 << 20);
  });

  it('is always a size that the wire allows', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (size, ms, ok) => {
        const next = nextFragmentSize(size, { ok, ms }, bounds);
        expect(next % bounds.unit).toBe(0);
        expect(next).toBeGreaterThanOrEqual(bounds.unit);
        expect(next).toBeLessThan(60 << 20);
      }),
    );
  });
});
