import { expect, it } from 'vitest';
import { runSchedule } from './run-schedule.ts';
import { scheduleOf } from './schedule.ts';

/** A few hundred in every run of the suite; `npm run simulate -- --schedules 1000000` plays as many as one likes. */
const schedules = 300;

it('whatever goes wrong, and whatever others do meanwhile, a transfer ends with a verified file or an honest error', async () => {
  const outcomes = new Map<string, number>();
  for (let seed = 1; seed <= schedules; seed++) {
    const played = await runSchedule(scheduleOf(seed)).catch((error: unknown) => {
      throw new Error(`Schedule ${seed}: ${JSON.stringify(scheduleOf(seed))}`, { cause: error });
    });
    for (const outcome of played.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // The schedules reach what they are for: successes, failures of both sides, ends of the process.
  for (const kind of ['verified', 'crashed', 'error: integrity', 'error: local-file', 'error: quota'])
    expect(outcomes.get(kind) ?? 0, kind).toBeGreaterThan(0);
  expect(outcomes.get('a token ended') ?? 0).toBeGreaterThan(0);
  for (const does of ['open-session', 'take-name', 'change-source'])
    expect(outcomes.get(`meanwhile: ${does}`) ?? 0, does).toBeGreaterThan(0);
}, 120_000);
