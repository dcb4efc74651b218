import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphErrorOf, readErrorFacts } from './error-answer.ts';

const errorOf = (status: number, body: unknown) =>
  graphErrorOf(
    'find /a',
    status,
    { 'request-id': 'r1' },
    typeof body === 'string' ? body : JSON.stringify(body),
  );

describe('error responses', () => {
  it('codes are read from innerError and innererror, outermost first', () => {
    const error = errorOf(403, {
      error: {
        code: 'notAllowed',
        message: 'No.',
        innererror: { code: 'accessRestricted', innerError: { code: 'malwareDetected' } },
      },
    });
    expect(error.codes).toEqual(['notAllowed', 'accessRestricted', 'malwareDetected']);
    expect(error).toMatchObject({ code: 'access-denied', status: 403, requestId: 'r1' });
    expect(error.message).toBe('Could not find /a: No (403 notAllowed).');
  });

  it.each([
    [400, 'invalidRequest', 'invalid-request'],
    [401, 'InvalidAuthenticationToken', 'auth-required'],
    [403, 'accessDenied', 'access-denied'],
    [403, 'quotaLimitReached', 'quota'],
    [404, 'itemNotFound', 'not-found'],
    [405, 'invalidRequest', 'not-supported'],
    [409, 'nameAlreadyExists', 'conflict'],
    [409, 'resourceModified', 'precondition'],
    [410, 'resyncRequired', 'resync'],
    [410, 'resyncChangesApplyDifferences', 'resync'],
    [412, 'resourceModified', 'precondition'],
    [416, 'invalidRange', 'range'],
    [423, 'notAllowed', 'locked'],
    [429, 'TooManyRequests', 'throttled'],
    [500, 'generalException', 'service'],
    [501, 'notSupported', 'not-supported'],
    [507, 'quotaLimitReached', 'quota'],
    [418, 'teapot', 'invalid-request'],
    [302, 'x', 'protocol'],
  ] as const)('%i %s is %s', (status, code, expected) => {
    expect(errorOf(status, { error: { code } }).code).toBe(expected);
  });

  it('an HTML page, an empty body and an invalid body are described in the message', () => {
    expect(errorOf(502, '<html><body>Bad gateway').message).toContain(
      'a web page instead of data (status 502)',
    );
    expect(errorOf(500, '').message).toContain('status 500 without a reason');
    expect(errorOf(400, '{"error"').message).toContain('not JSON');
    expect(
      errorOf(503, { error: { code: 'serviceNotAvailable', message: '<html>x</html>' } }).message,
    ).not.toContain('<');
  });

  it("the identity service's format gives its code and the first line of its description", () => {
    const body = { error: 'invalid_grant', error_description: 'AADSTS70000: expired.\r\nTrace ID: 1' };
    expect(readErrorFacts(JSON.stringify(body))).toEqual({
      codes: ['invalid_grant'],
      message: 'AADSTS70000: expired.',
    });
  });

  it('no body makes the parser throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"error":${json}}`),
        ),
        (body) => {
          expect(errorOf(500, body).message.length).toBeLessThan(500);
        },
      ),
    );
  });
});

it('includes the requested wait; a date is relative to the date of the response', () => {
  const waitOf = (headers: Record<string, string>) => graphErrorOf('x', 429, headers, '').retryAfterMs;
  expect(waitOf({ 'retry-after': '2.128' })).toBe(2128);
  expect(
    waitOf({ 'retry-after': 'Mon, 23 Nov 2026 10:00:10 GMT', date: 'Mon, 23 Nov 2026 10:00:00 GMT' }),
  ).toBe(10_000);
  expect(waitOf({ 'retry-after': 'Mon, 23 Nov 2026 10:00:10 GMT' })).toBeUndefined();
});
