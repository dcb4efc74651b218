/** `trash empty`: permanently deletes the objects in the recycle bin. */
import { deleteTrash, formatPath, listTrash, parseMoment, type TrashEntry } from 'onedrive-kit/drive';
import { confirm } from '../../actions/confirm.ts';
import { dryRunOption, printPlan } from '../../actions/dry-run.ts';
import { defineCommand } from '../../definition/command.ts';
import { countText } from '../../output/count-text.ts';
import { humanSize } from '../../output/size.ts';

export const command = defineCommand({
  name: 'trash_empty',
  group: 'change',
  access: 'write',
  summary: 'Empty the recycle bin of a business drive or library',
  description:
    'Permanently deletes the objects that were removed from this drive, not those of other\nlibraries of its site. Asks for confirmation, except with --yes. Uses the beta API of\nMicrosoft Graph, which may change. The API cannot empty the recycle bin of a personal\ndrive.',
  options: [
    {
      name: 'until',
      formerly: ['--older-than'],
      value: 'WHEN',
      description: 'delete only objects removed before this time: 30d, 2026-01-31',
    },
    dryRunOption,
  ],
  examples: [
    { line: 'trash empty --dry-run', note: 'list what would be deleted' },
    { line: 'trash empty --until 30d --yes', note: 'delete older objects without confirmation' },
  ],
  async run(context, _, options) {
    const { until } = options;
    const before = until === undefined ? undefined : parseMoment(until, context.clock.now());
    const drive = await context.drive();
    const call = { signal: context.signal };
    const selected: TrashEntry[] = [];
    for await (const entry of listTrash(drive.context, call))
      if (before === undefined || Date.parse(entry.deleted ?? '') < before) selected.push(entry);
    const size = humanSize(selected.reduce((sum, entry) => sum + (entry.size ?? 0), 0));
    if (options['dry-run']) {
      const action = 'permanently delete';
      const plan = selected.map(({ path, id }) => ({ action, object: formatPath(path), id }));
      await printPlan(context, plan);
      return context.note(`That would free ${size}.`);
    }
    if (selected.length === 0) return;
    await confirm(context, `permanently delete ${countText(selected.length, 'object')} of ${size}`);
    await deleteTrash(
      drive.context,
      selected.map(({ id }) => id),
      call,
    );
    await context.note(`Freed ${size}.`);
  },
});
