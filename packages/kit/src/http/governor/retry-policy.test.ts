import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';
import {
  decideRetry,
  defaultRetryLimits,
  isIdempotent,
  type Outcome,
  type RetryQuestion,
} from './retry-policy.ts';

const answer = (status: number, headers = {}): Outcome => ({ kind: 'response', status, headers });
const ask = (question: Partial<RetryQuestion>) =>
  decideRetry({
    attempt: 1,
    idempotent: true,
    replayable: true,
    outcome: answer(503),
    waitedMs: 0,
    now: 0,
    jitter: 0.5,
    ...question,
  });

describe('retry policy', () => {
  test.each([200, 201, 302, 304, 400, 401, 403, 404, 409, 410, 412, 416, 423, 501, 507])(
    '%i is final',
    (status) =>
      expect(ask({ outcome: answer(status, { 'retry-after': '1' }) })).toEqual({
        retry: false,
        why: 'final',
      }),
  );

  test.each([408, 500, 502, 503, 504])(
    '%i is retried if the request is idempotent, never for a POST',
    (status) => {
      expect(ask({ outcome: answer(status) })).toEqual({ retry: true, afterMs: 250 });
      expect(ask({ outcome: answer(status), idempotent: false })).toEqual({
        retry: false,
        why: 'not-idempotent',
      });
    },
  );

  test('a refused request had no effect, so a POST is retried too', () => {
    for (const outcome of [answer(429), answer(509), answer(503, { 'retry-after': '2' })]) {
      expect(ask({ outcome, idempotent: false }).retry).toBe(true);
    }
  });

  test('a broken connection is retried if the request is idempotent, never for a POST', () => {
    const outcome: Outcome = { kind: 'network', fault: 'broken' };
    expect(ask({ outcome }).retry).toBe(true);
    expect(ask({ outcome, idempotent: false })).toEqual({ retry: false, why: 'not-idempotent' });
  });

  test('an unreachable host is retried, also with a POST, but fewer times', () => {
    const outcome: Outcome = { kind: 'network', fault: 'unreachable' };
    expect(ask({ outcome, idempotent: false, attempt: 2 }).retry).toBe(true);
    expect(ask({ outcome, attempt: 3 })).toEqual({ retry: false, why: 'attempts' });
  });

  test('an untrusted certificate is final', () => {
    expect(ask({ outcome: { kind: 'network', fault: 'untrusted' } })).toEqual({ retry: false, why: 'final' });
  });

  test('pauses grow up to a maximum', () => {
    const pauses = [1, 2, 3, 4, 5].map((attempt) => ask({ attempt, jitter: 0.999_999 }));
    expect(pauses.map((decision) => decision.retry && decision.afterMs)).toEqual([
      499, 999, 1999, 3999, 7999,
    ]);
  });

  const outcomes = fc.oneof(
    fc.record({
      kind: fc.constant('response' as const),
      status: fc.constantFrom(200, 404, 408, 429, 500, 502, 503, 504, 507, 509),
      headers: fc.oneof(
        fc.constant({}),
        fc
          .double({ min: 0, max: 600, noNaN: true })
          .map((seconds) => ({ 'retry-after': seconds.toFixed(3) })),
      ),
    }),
    fc.record({
      kind: fc.constant('network' as const),
      fault: fc.constantFrom('broken' as const, 'unreachable' as const, 'untrusted' as const),
    }),
  );
  const questions: fc.Arbitrary<RetryQuestion> = fc.record({
    attempt: fc.integer({ min: 1, max: 12 }),
    idempotent: fc.boolean(),
    replayable: fc.boolean(),
    outcome: outcomes,
    waitedMs: fc.integer({ min: 0, max: 400_000 }),
    now: fc.integer({ min: 0, max: 2e12 }),
    jitter: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  });

  test('never retries sooner than requested, beyond the limits, or with a body that cannot be read twice', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const decision = decideRetry(question);
        if (!decision.retry) return;
        const { outcome } = question;
        expect(question.replayable).toBe(true);
        expect(question.attempt).toBeLessThan(defaultRetryLimits.maxAttempts);
        expect(question.waitedMs + decision.afterMs).toBeLessThanOrEqual(defaultRetryLimits.maxWaitMs);
        expect(decision.afterMs).toBeGreaterThanOrEqual(0);
        if (outcome.kind === 'response') {
          expect(decision.afterMs).toBeGreaterThanOrEqual(retryAfterMs(outcome.headers, question.now) ?? 0);
        }
        if (!question.idempotent) {
          const refused =
            outcome.kind === 'response' && (outcome.status !== 503 || 'retry-after' in outcome.headers);
          const unreached = outcome.kind === 'network' && outcome.fault === 'unreachable';
          expect(refused || unreached).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('every sequence of failures ends within the limits', () => {
    fc.assert(
      fc.property(fc.array(questions, { minLength: 12, maxLength: 12 }), (rounds) => {
        let waitedMs = 0;
        let attempt = 0;
        for (const round of rounds) {
          const decision = decideRetry({ ...round, attempt: ++attempt, waitedMs });
          if (!decision.retry) break;
          waitedMs += decision.afterMs;
        }
        expect(attempt).toBeLessThanOrEqual(defaultRetryLimits.maxAttempts);
        expect(waitedMs).toBeLessThanOrEqual(defaultRetryLimits.maxWaitMs);
      }),
    );
  });

  test('by method, only POST and unknown methods are not idempotent, and a request may override that', () => {
    expect(
      ['GET', 'head', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].every((method) => isIdempotent({ method })),
    ).toBe(true);
    expect(['POST', 'MOVE', 'COPY'].some((method) => isIdempotent({ method }))).toBe(false);
    expect(isIdempotent({ method: 'POST', idempotent: true })).toBe(true);
    expect(isIdempotent({ method: 'PUT', idempotent: false })).toBe(false);
  });
});
