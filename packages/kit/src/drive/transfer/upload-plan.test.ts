import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderCapabilities } from '../provider/provider.ts';
import { planUpload } from './upload-plan.ts';

const capabilities: ProviderCapabilities = {
  name: 'test',
  putLimit: 4 << 20,
  fragmentUnit: 320 << 10,
  fragmentLimit: 60 << 20,
  copiesFolders: true,
  keepsTimes: true,
};

describe('upload plan', () => {
  it('empty and small content is sent in one request, larger content through a session', () => {
    expect(planUpload(0, capabilities)).toEqual({ kind: 'put' });
    expect(planUpload(4 << 20, capabilities)).toEqual({ kind: 'put' });
    const large = planUpload((4 << 20) + 1, capabilities);
    expect(large).toMatchObject({ kind: 'session', fragmentSize: 10 << 20 });
  });

  it('every fragment size is a multiple of 320 KiB below 60 MiB, whatever size is requested', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (size, requested) => {
        const plan = planUpload(size + (5 << 20), capabilities, requested);
        if (plan.kind !== 'session') throw new Error('no session');
        expect(plan.fragmentSize % (320 << 10)).toBe(0);
        expect(plan.fragmentSize).toBeGreaterThan(0);
        expect(plan.fragmentSize).toBeLessThan(60 << 20);
      }),
    );
  });
});
