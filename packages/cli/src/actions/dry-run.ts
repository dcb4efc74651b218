/** `--dry-run`: the option of every command that makes changes, and the output of its plan. */
import type { Context } from '../context.ts';
import { wantsObjects } from '../output/printer.ts';

/** The option, for the `options` of a command. */
export const dryRunOption = {
  name: 'dry-run',
  short: 'n',
  description: 'print what would be done without changing anything',
} as const;

/** {@link dryRunOption} of `get` and `put`, whose `-n` is `--no-overwrite`. */
export const dryRunWithoutLetter = {
  name: 'dry-run',
  description: dryRunOption.description,
} as const;

/** One planned action: `{ action: 'move', object: '/a.txt', to: '/Docs' }`. */
export interface PlannedAction {
  readonly action: string;
  readonly object: string;
  readonly to?: string;
  readonly [detail: string]: unknown;
}

/** Prints the plan: one line per action, or the values themselves with `--json` and the like. */
export async function printPlan(context: Context, plan: readonly PlannedAction[]): Promise<void> {
  if (wantsObjects(context.flags)) return context.print(plan);
  if (plan.length === 0) return context.streams.stdout.isTTY ? context.note('Nothing to do.') : undefined;
  await context.print(
    plan.map(({ action, object, to }) => `would ${action} ${object}${to === undefined ? '' : ` to ${to}`}`),
  );
}
