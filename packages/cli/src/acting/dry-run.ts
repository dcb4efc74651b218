/** `--dry-run`: what every command that changes something takes, and the line that says what it would have done. */
import type { Context } from '../context.ts';
import { wantsObjects } from '../output/printer.ts';

/** The option, for a command's `options`. */
export const dryRunOption = {
  name: 'dry-run',
  description: 'print what would be done and change nothing',
} as const;

/** One thing that would be done: `{ action: 'move', object: '/a.txt', to: '/Docs' }`. */
export interface Intention {
  readonly action: string;
  readonly object: string;
  readonly to?: string;
  readonly [detail: string]: unknown;
}

/** Prints what would be done: a line each, or the values themselves for a program. */
export async function printPlan(context: Context, plan: readonly Intention[]): Promise<void> {
  if (wantsObjects(context.flags)) return context.print(plan);
  if (plan.length === 0) return context.streams.stdout.isTTY ? context.note('Nothing to do.') : undefined;
  await context.print(
    plan.map(({ action, object, to }) => `would ${action} ${object}${to === undefined ? '' : ` to ${to}`}`),
  );
}
