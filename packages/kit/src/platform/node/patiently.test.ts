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

test.each(['EPERM', 'EACCES', 'EBUSY'])('where %s passes by itself, it is waited out', async (code) => {
  const clock = manualClock(0);
  expect(await clock.runUntil(patiently(failing(5, code).work, { clock, passing: true }))).toBe(6);
  expect(clock.now()).toBe(310);
});

test('what does not pass in bounded time is an error', async () => {
  const clock = manualClock(0);
  const { work, calls } = failing(100, 'EPERM');
  await expect(clock.runUntil(patiently(work, { clock, passing: true }))).rejects.toMatchObject({
    code: 'EPERM',
  });
  expect(calls()).toBe(10);
});

test('other errors, and all errors where none pass by themselves, come at once', async () => {
  const clock = manualClock(0);
  await expect(patiently(failing(1, 'ENOSPC').work, { clock, passing: true })).rejects.toMatchObject({
    code: 'ENOSPC',
  });
  await expect(patiently(failing(1, 'EPERM').work, { clock, passing: false })).rejects.toMatchObject({
    code: 'EPERM',
  });
  expect(clock.now()).toBe(0);
});
