/** `restore`: a whole tree as it was at a moment. */
import { formatPath, parseMoment, planRestore, type RestoreStep, restoreStep } from '../../drive/index.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import { confirm } from '../acting/confirm.ts';
import { dryRunOption, type Intention, printPlan } from '../acting/dry-run.ts';
import { onEach } from '../acting/each.ts';
import { startPath } from '../arguments/start-path.ts';
import { defineCommand } from '../definition/command.ts';
import { counted } from '../output/counted.ts';

export const command = defineCommand({
  name: 'restore',
  group: 'change',
  access: 'write',
  summary: 'Bring a folder back to how it was at a moment',
  description:
    'From the versions of its files and the recycle bin. The plan is shown first, and the\ncommand asks before it goes on, unless --yes is given. Files that are newer stay, and\nthe content of today stays as a version. Business drives and libraries list their\nrecycle bin. On personal drives, give with --token what delta --token latest told at\nthat time: without it, what was removed there stays removed.',
  arguments: [
    { name: 'folder', description: 'path (default: the whole drive)', optional: true, names: 'folder' },
  ],
  options: [
    { name: 'before', value: 'WHEN', description: 'the moment: 2026-01-31, 2026-01-31T12:00:00Z, 3d' },
    { name: 'token', value: 'TOKEN', description: 'of delta, of that moment' },
    dryRunOption,
  ],
  examples: [
    { line: 'restore --before 2d Documents --dry-run', note: 'what it would do' },
    { line: 'restore --before 2026-01-31T12:00:00Z --yes Documents', note: 'from a script' },
  ],
  async run(context, { folder = '' }, options) {
    if (options.before === undefined)
      throw new OneDriveError('usage', 'Say which moment: --before 2026-01-31, or --before 3d.');
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
      await context.note(`What was removed stays removed: ${withoutTrash.message}`);
    const todo = steps.filter(({ kind }) => kind === 'version' || kind === 'removed');
    if (options['dry-run'] || !context.flags.yes) await showPlan(context, steps);
    if (options['dry-run'] || todo.length === 0) return 0;
    await confirm(context, `bring back ${counted(todo.length, 'object')}`);
    const byKey = new Map(todo.map((step, at) => [String(at), step]));
    return onEach(context, [...byKey.keys()], async (key) => {
      const step = byKey.get(key);
      if (step !== undefined) await restoreStep(drive, step, before, { signal });
    });
  },
});

async function showPlan(context: Parameters<typeof printPlan>[0], steps: readonly RestoreStep[]) {
  await printPlan(
    context,
    steps.flatMap((step) => intention(step) ?? []),
  );
  for (const { kind, path } of steps) {
    if (kind === 'newer') await context.note(`${formatPath(path)} is newer: it stays.`);
    if (kind === 'lost')
      await context.note(`${formatPath(path)} has no version that old: it stays as it is.`);
  }
}

function intention(step: RestoreStep): Intention | undefined {
  const object = formatPath(step.path);
  if (step.kind === 'version')
    return { action: `restore version ${step.version} of`, object, version: step.version, from: step.from };
  return step.kind === 'removed' ? { action: 'take out of the recycle bin', object, id: step.id } : undefined;
}
