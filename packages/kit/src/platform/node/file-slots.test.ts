import { expect, it } from 'vitest';
import { manualClock } from '../memory/manual-clock.ts';
import { fileSlots } from './file-slots.ts';

const tooMany = () => Object.assign(new Error('EMFILE'), { code: 'EMFILE' });

it('a file waits while too many are open, and all are opened in the end', async () => {
  const clock = manualClock();
  const slots = fileSlots({ clock, limitOfProcess: () => undefined });
  let open = 0;
  let most = 0;
  const use = async () => {
    await slots.enter(async () => {
      if (open >= 10) throw tooMany();
      open += 1;
      most = Math.max(most, open);
    });
    await clock.sleep(20);
    open -= 1;
    slots.leave();
  };
  await clock.runUntil(Promise.all(Array.from({ length: 100 }, use)));
  expect([most, open]).toEqual([10, 0]);
});

it('a file that cannot be opened for another reason fails at once and uses no slot', async () => {
  const slots = fileSlots({ clock: manualClock() });
  const refused = Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  await expect(slots.enter(() => Promise.reject(refused))).rejects.toBe(refused);
  await expect(slots.enter(async () => 'opened')).resolves.toBe('opened');
});

it('a quarter of the files that the process may open is used, and no more', async () => {
  const clock = manualClock();
  const slots = fileSlots({ clock, limitOfProcess: () => 64 });
  let open = 0;
  let most = 0;
  const use = async () => {
    await slots.enter(async () => {
      most = Math.max(most, ++open);
    });
    await clock.sleep(20);
    open -= 1;
    slots.leave();
  };
  await clock.runUntil(Promise.all(Array.from({ length: 50 }, use)));
  expect([most, open]).toEqual([16, 0]);
});
