/** `restore`: a whole tree as it was at a moment. */
import { formatPath, parseMoment, planRestore, type RestoreStep, restoreStep } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { confirm } from '../acting/confirm.ts';
import { dryRunOption, type Intention, printPlan } from '../acting/dry-run.ts';
import { onEach } from '../acting/each.ts';
import { startPath } from '../arguments/start-path.ts';
import { defineCommand } from '../definition/command.ts';
import { counted } from '../output/counted.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'restore',
  group: 'change',
  access: 'write',
  summary: 'Restore a folder to an earlier point in time',
  description:
    'Uses the versions of its files and the recycle bin. Prints the plan and asks, unless\n--yes is given. Newer files are not changed, and the current version stays available as\na version. On personal drives, whose recycle bin cannot be listed, removed objects are\nrestored only with --token: the token that delta --token latest printed at that time.',
  arguments: [
    { name: 'folder', description: 'path (default: the whole drive)', optional: true, names: 'folder' },
  ],
  options: [
    { name: 'before', value: 'WHEN', description: 'point in time: 2026-01-31, 2026-01-31T12:00:00Z, 3d' },
    { name: 'token', value: 'TOKEN', description: 'token of delta from that time' },
    dryRunOption,
  ],
  examples: [
    { line: 'restore --before 2d Documents --dry-run', note: 'what it would do' },
    { line: 'restore --before 2026-01-31T12:00:00Z --yes Documents', note: 'from a script' },
  ],
  async run(context, { folder = '' }, options) {
    if (options.before === undefined)
      throw new OneDriveError('usage', 'Missing point in time: --before 2026-01-31, or --before 3d.');
    const before = parseMoment(options.before, context.clock.now());
    const opened = await context.drive();
    const { context: drive } = opened;
    const { signal } = context;
    const start = formatPath(await startPath(opened, folder, context));
    const { steps, withoutTrash } = await planRestore(drive, start, before, {
      signal,
      token: options.token,
    });
    if (withoutTrash !== undefined)
      await context.note(`Removed objects are not restored: ${withoutTrash.message}`);
    const todo = steps.filter(({ kind }) => kind === 'version' || kind === 'removed');
    if (options['dry-run'] || !context.flags.yes) await showPlan(context, steps);
    for (const line of restoreSummary(steps)) await context.note(line);
    if (options['dry-run'] || todo.length === 0) return 0;
    await confirm(context, `restore ${counted(todo.length, 'object')}`);
    const byKey = new Map(todo.map((step, at) => [String(at), step]));
    return onEach(context, [...byKey.keys()], async (key) => {
      const step = byKey.get(key);
      if (step !== undefined) await restoreStep(drive, step, before, { signal });
    });
  },
});

async function showPlan(context: Parameters<typeof printPlan>[0], steps: readonly RestoreStep[]) {
  const plan = steps.flatMap((step) => intention(step) ?? []);
  if (plan.length > 0 || wantsObjects(context.flags)) await printPlan(context, plan);
  for (const { kind, path } of steps)
    if (kind === 'lost') await context.note(`${formatPath(path)} has no version that old.`);
}

/** How many objects are restored and how many stay as they are. Pure. */
function restoreSummary(steps: readonly RestoreStep[]): readonly string[] {
  const count = (wanted: RestoreStep['kind']): number => steps.filter(({ kind }) => kind === wanted).length;
  const [versions, removed, newer, lost] = [
    count('version'),
    count('removed'),
    count('newer'),
    count('lost'),
  ];
  const todo = [
    ...(versions > 0 ? [`${counted(versions, 'file')} to an earlier version`] : []),
    ...(removed > 0 ? [`${counted(removed, 'object')} from the recycle bin`] : []),
  ];
  return [
    todo.length === 0 ? 'Nothing to restore.' : `To restore: ${todo.join(', ')}.`,
    ...(newer > 0 ? [`Unchanged because newer: ${counted(newer, 'object')}.`] : []),
    ...(lost > 0 ? [`Unchanged because no version is that old: ${counted(lost, 'file')}.`] : []),
  ];
}

function intention(step: RestoreStep): Intention | undefined {
  const object = formatPath(step.path);
  if (step.kind === 'version')
    return { action: `restore version ${step.version} of`, object, version: step.version, from: step.from };
  return step.kind === 'removed' ? { action: 'take out of the recycle bin', object, id: step.id } : undefined;
}
