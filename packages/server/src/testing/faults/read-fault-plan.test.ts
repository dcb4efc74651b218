import { describe, expect, it } from 'vitest';
import { readFaultPlan } from './read-fault-plan.ts';

describe('reading a fault plan', () => {
  it('accepts every kind of fault', () => {
    const rules = [
      { fault: { kind: 'status', status: 429, retryAfter: 1.5 } },
      {
        match: { method: 'PUT', path: '*/uploadSession/*' },
        nth: { every: 3 },
        fault: { kind: 'reset-request', at: 100 },
      },
      { nth: [1, 2], chance: 0.5, times: 3, fault: { kind: 'truncate', at: 5, length: 'right' } },
      { fault: { kind: 'resync', inner: 'resyncChangesUploadDifferences' } },
    ];
    expect(readFaultPlan({ seed: 3, rules })).toEqual({ seed: 3, rules });
  });

  it('fills in defaults', () => {
    expect(readFaultPlan({ rules: [{ fault: { kind: 'truncate', at: 5 } }] }).rules[0]?.fault).toEqual({
      kind: 'truncate',
      at: 5,
      length: 'wrong',
    });
  });

  it.each([
    [{ rules: [{ fault: { kind: 'explode' } }] }, 'rules[0].fault'],
    [{ rules: [{ fault: { kind: 'delay', ms: -1 } }] }, 'rules[0].fault.ms'],
    [{ rules: [{ nth: 0, fault: { kind: 'lose-answer' } }] }, 'rules[0].nth'],
    [{ rules: [{ macth: {}, fault: { kind: 'lose-answer' } }] }, 'macth'],
    ['text', 'expected object'],
  ])('refuses %j and reports the place', (data, place) => {
    expect(() => readFaultPlan(data)).toThrow(place);
  });
});
