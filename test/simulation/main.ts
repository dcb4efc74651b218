/** Plays schedules from a seed on, prints what came of them, and each one that broke a promise. */
import { runSchedule } from './run-schedule.ts';
import { scheduleOf } from './schedule.ts';

/** @returns the exit status: 1 when any schedule failed. */
export async function main(words: readonly string[]): Promise<number> {
  const option = (name: string, otherwise: number) => {
    const at = words.indexOf(name);
    return at < 0 ? otherwise : Number(words[at + 1]);
  };
  const from = option('--from', 1);
  const count = option('--schedules', 10_000);
  const outcomes = new Map<string, number>();
  let failures = 0;
  const began = performance.now();
  for (let seed = from; seed < from + count; seed++) {
    try {
      const { outcomes: all } = await runSchedule(scheduleOf(seed));
      for (const outcome of all) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    } catch (error) {
      failures += 1;
      console.error(`schedule ${seed} failed: ${error instanceof Error ? error.message : String(error)}`);
      if (failures <= 3) console.error(JSON.stringify(scheduleOf(seed)), error);
    }
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  const told = [...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, times]) => `  ${times} ${outcome}`);
  console.log(`${count} schedules from ${from} in ${seconds} s, ${failures} failed\n${told.join('\n')}`);
  return failures === 0 ? 0 : 1;
}
