/** `restore`: restores a folder to an earlier point in time. */
import { formatPath, parseMoment, planRestore, type RestoreStep, restoreStep } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { confirm } from '../actions/confirm.ts';
import { dryRunOption, type PlannedAction, printPlan } from '../actions/dry-run.ts';
import { onEach } from '../actions/each.ts';
import { withToken } from '../arguments/delta-token.ts';
import { startPath } from '../arguments/start-path.ts';
import { defineCommand } from '../definition/command.ts';
import { countText } from '../output/count-text.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'restore',
  group: 'change',
  access: 'write',
  summary: 'Restore a folder to an earlier point in time',
  description:
    'Uses the versions of the files and the recycle bin. Prints the plan and asks for\nconfirmation, except with --yes. Newer files are not changed, and the current content\nstays available as a version. The recycle bin of a personal drive cannot be listed:\nthere, removed objects are restored only with --token, the token that\n`delta --token latest` printed at that time.',
  arguments: [
    { name: 'folder', description: 'path (default: the root of the drive)', optional: true, names: 'folder' },
  ],
  options: [
    {
      name: 'until',
      formerly: ['--before'],
      value: 'WHEN',
      description: 'point in time to go back to: 2026-01-31, 2026-01-31T12:00:00Z, 3d',
    },
    { name: 'token', value: 'TOKEN', description: 'token that delta printed at that time' },
    dryRunOption,
  ],
  examples: [
    { line: 'restore --until 2d Documents --dry-run', note: 'show the plan' },
    {
      line: 'restore --until 2026-01-31T12:00:00Z --yes Documents',
      note: 'restore without confirmation, for scripts',
    },
  ],
  async run(context, { folder = '' }, options) {
    if (options.until === undefined)
      throw new OneDriveError(
        'usage',
        'Missing option: the point in time, such as --until 2026-01-31 or --until 3d.',
      );
    const before = parseMoment(options.until, context.clock.now());
    const wholeDrive = await context.drive();
    const { context: drive } = wholeDrive;
    const { signal } = context;
    const start = formatPath(await startPath(wholeDrive, folder, context));
    const { token } = options;
    const { steps, withoutTrash } = await withToken(token, () =>
      planRestore(drive, start, before, { signal, token }),
    );
    if (withoutTrash !== undefined)
      await context.note(`Removed objects are not restored: ${withoutTrash.message}`);
    const todo = steps.filter(({ kind }) => kind === 'version' || kind === 'removed');
    if (options['dry-run'] || !context.flags.yes) await showPlan(context, steps);
    for (const line of restoreSummary(steps)) await context.note(line);
    if (options['dry-run'] || todo.length === 0) return 0;
    await confirm(context, `restore ${countText(todo.length, 'object')}`);
    const byKey = new Map(todo.map((step, at) => [String(at), step]));
    return onEach(context, [...byKey.keys()], async (key) => {
      const step = byKey.get(key);
      if (step !== undefined) await restoreStep(drive, step, before, { signal });
    });
  },
});

async function showPlan(context: Parameters<typeof printPlan>[0], steps: readonly RestoreStep[]) {
  const plan = steps.flatMap((step) => plannedAction(step) ?? []);
  if (plan.length > 0 || wantsObjects(context.flags)) await printPlan(context, plan);
  for (const { kind, path } of steps)
    if (kind === 'lost')
      await context.note(`${formatPath(path)} is not restored: it has no version that old.`);
}

/** Counts of objects that are restored and that stay unchanged, as lines. Pure. */
function restoreSummary(steps: readonly RestoreStep[]): readonly string[] {
  const count = (kind: RestoreStep['kind']): number => steps.filter((step) => step.kind === kind).length;
  const [versions, removed, newer, lost] = [
    count('version'),
    count('removed'),
    count('newer'),
    count('lost'),
  ];
  const todo = [
    ...(versions > 0 ? [`${countText(versions, 'file')} to an earlier version`] : []),
    ...(removed > 0 ? [`${countText(removed, 'object')} from the recycle bin`] : []),
  ];
  return [
    todo.length === 0 ? 'Nothing to restore.' : `To restore: ${todo.join(', ')}.`,
    ...(newer > 0 ? [`Unchanged because newer: ${countText(newer, 'object')}.`] : []),
    ...(lost > 0 ? [`Unchanged because no version is that old: ${countText(lost, 'file')}.`] : []),
  ];
}

function plannedAction(step: RestoreStep): PlannedAction | undefined {
  const object = formatPath(step.path);
  if (step.kind === 'version')
    return { action: `restore version ${step.version} of`, object, version: step.version, from: step.from };
  return step.kind === 'removed'
    ? { action: 'restore from the recycle bin', object, id: step.id }
    : undefined;
}
