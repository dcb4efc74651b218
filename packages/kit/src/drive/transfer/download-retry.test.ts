import { describe, expect, it } from 'vitest';
import { afterBreak, maxFailures } from './download-retry.ts';

describe('a download after a failure', () => {
  const progress = { hasWritten: true, isRestartable: true, failures: 0 };
  const broken = { code: 'network', status: undefined, codes: [], retryAfterMs: undefined } as const;

  it('continues where the connection failed', () => {
    expect(afterBreak(broken, progress)).toEqual({ kind: 'retry', wait: 0 });
  });

  it.each([401, 403, 404, 410])('renews the URL after status %i', (status) => {
    expect(afterBreak({ ...broken, code: 'access-denied', status }, progress).kind).toBe('renew');
  });

  it('starts over if the content changed, unless bytes were written that cannot be taken back', () => {
    const changed = { ...broken, code: 'precondition', status: 412 } as const;
    expect(afterBreak(changed, progress).kind).toBe('restart');
    expect(afterBreak(changed, { ...progress, isRestartable: false }).kind).toBe('fail');
  });

  it('fails after a bounded number of failures without a byte, whatever they are', () => {
    for (const status of [undefined, 401, 412, 416, 500, 503]) {
      expect(afterBreak({ ...broken, status }, { ...progress, failures: maxFailures }).kind).toBe('fail');
    }
  });

  it('is not retried after malware or a full disk', () => {
    expect(
      afterBreak({ ...broken, code: 'access-denied', status: 403, codes: ['malwareDetected'] }, progress)
        .kind,
    ).toBe('fail');
    expect(afterBreak({ ...broken, code: 'local-file' }, progress).kind).toBe('fail');
  });
});
