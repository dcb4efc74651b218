import { expect, test } from 'vitest';
import { manualClock } from '../memory/manual-clock.ts';
import { patiently } from './patiently.ts';

const failing = (times: number, code: string) => {
  let calls = 0;
  const work = async () => {
    if (++calls <= times) throw Object.assign(new Error(code), { code });
    return calls;
  };
  return { work, calls: () => calls };
};

test.each(['EPERM', 'EACCES', 'EBUSY'])('retries if %s is temporary', async (code) => {
  const clock = manualClock(0);
  expect(await clock.runUntil(patiently(failing(5, code).work, { clock, passing: true }))).toBe(6);
  expect(clock.now()).toBe(310);
});

test('an error that persists is thrown after a bounded time', async () => {
  const clock = manualClock(0);
  const { work, calls } = failing(100, 'EPERM');
  await expect(clock.runUntil(patiently(work, { clock, passing: true }))).rejects.toMatchObject({
    code: 'EPERM',
  });
  expect(calls()).toBe(10);
});

test('other errors, and all errors on systems where none is temporary, are thrown at once', async () => {
  const clock = manualClock(0);
  await expect(patiently(failing(1, 'ENOSPC').work, { clock, passing: true })).rejects.toMatchObject({
    code: 'ENOSPC',
  });
  await expect(patiently(failing(1, 'EPERM').work, { clock, passing: false })).rejects.toMatchObject({
    code: 'EPERM',
  });
  expect(clock.now()).toBe(0);
});
