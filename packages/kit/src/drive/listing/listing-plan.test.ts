import { describe, expect, it } from 'vitest';
import { planListing } from './listing-plan.ts';

describe('the plan of a listing', () => {
  const facts = { hasDelta: true, isRoot: true, driveType: 'business', depth: Infinity, childCount: 3 };
  it.each([
    [{}, 'delta'],
    [{ hasDelta: false }, 'walk'],
    [{ depth: 2 }, 'walk'],
    [{ childCount: 0 }, 'walk'],
    [{ isRoot: false }, 'walk'],
    [{ isRoot: false, driveType: 'personal' }, 'delta'],
  ] as const)('%j: %s', (some, plan) => {
    expect(planListing({ ...facts, ...some })).toBe(plan);
  });
});
