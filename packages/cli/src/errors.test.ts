import { GraphError, OneDriveError } from 'onedrive-kit/errors';
import { expect, test } from 'vitest';
import { Interrupted, OutputClosed, report } from './errors.ts';

const plain = { json: false, debug: false };

test('a failure is its message and its hint, and no stack', () => {
  const error = new OneDriveError('not-found', 'There is no a.txt.', { hint: 'Look with ls.' });
  expect(report(error, plain)).toEqual({
    exitCode: 4,
    text: 'onedrive-cli: There is no a.txt.\nLook with ls.\n',
  });
});

test('--json tells the same as one line with the code and the exit status', () => {
  const error = new GraphError('throttled', 'Slow down.', { status: 429, codes: ['x'], requestId: 'r' });
  expect(JSON.parse(report(error, { json: true, debug: false }).text)).toEqual({
    error: {
      name: 'GraphError',
      code: 'throttled',
      message: 'Slow down.',
      status: 429,
      codes: ['x'],
      requestId: 'r',
      exitCode: 6,
    },
  });
});

test('--debug adds the stack and those of the causes', () => {
  const error = new OneDriveError('internal', 'Outer.', { cause: new Error('inner') });
  const { text } = report(error, { json: false, debug: true });
  expect(text).toMatch(/^onedrive-cli: Outer\.\n.*Outer\.\n {4}at [^]*caused by: Error: inner\n {4}at /);
});

test('a message cannot draw on the terminal', () => {
  expect(report(new OneDriveError('usage', 'no \u001b[2J here'), plain).text).toBe(
    'onedrive-cli: no \\e[2J here\n',
  );
});

test('an unhandled error of the system names the file', () => {
  const error = Object.assign(new Error('EACCES: …'), { code: 'EACCES', syscall: 'open', path: '/x' });
  expect(report(error, plain)).toMatchObject({
    exitCode: 12,
    text: expect.stringMatching(/\/x: permission denied/) as string,
  });
});

test('a defect is called one', () => {
  const { exitCode, text } = report(new TypeError('x is undefined'), plain);
  expect({ exitCode, text }).toEqual({
    exitCode: 1,
    text: expect.stringMatching(/Internal error: x is undefined\n.*--version.*--debug/) as string,
  });
});

test('Ctrl-C is 130, SIGTERM 143, and a closed stdout is not a failure', () => {
  expect(report(new Interrupted(), plain).exitCode).toBe(130);
  expect(report(new Interrupted(143), plain).exitCode).toBe(143);
  expect(report(new OutputClosed(), plain)).toEqual({ exitCode: 0, text: '' });
});

test('a defect that quotes a token or a download address shows neither, its stack under --debug included', () => {
  const secret = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
  const inner = new Error(`GET https://x.test/download/${secret}?tempauth=${secret}`);
  const { text } = report(new Error(`Bearer ${secret}`, { cause: inner }), { json: false, debug: true });
  expect(text).toContain('Internal error');
  expect(text).not.toContain(secret);
});

test('a wait that the service asks for becomes the time to try again, and seconds in JSON', () => {
  const now = new Date(2026, 0, 15, 23, 30).getTime();
  const error = new GraphError(
    'throttled',
    'Slow down.',
    { status: 429, codes: [], retryAfterMs: 3_599_100 },
    { hint: 'Later.' },
  );
  expect(report(error, { ...plain, now }).text).toBe(
    'onedrive-cli: Slow down.\nTry again at 2026-01-16 00:29 (in 60 min); earlier requests are refused.\n',
  );
  expect(JSON.parse(report(error, { ...plain, json: true }).text)).toMatchObject({
    error: { retryAfter: 3600, exitCode: 6 },
  });
});
