/** `trash empty`: permanently deletes what is in the recycle bin. */
import { deleteTrash, formatPath, listTrash, parseMoment, type TrashEntry } from 'onedrive-kit/drive';
import { confirm } from '../acting/confirm.ts';
import { dryRunOption, printPlan } from '../acting/dry-run.ts';
import { defineCommand } from '../definition/command.ts';
import { counted } from '../output/counted.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'trash_empty',
  group: 'change',
  access: 'write',
  summary: 'Empty the recycle bin of a business drive or library',
  description:
    'Deletes only objects that were removed from this drive, not those of other libraries of\nits site. Asks first, unless --yes is given. Uses the beta API of Microsoft, which may\nchange. Microsoft Graph cannot empty the recycle bin of a personal drive.',
  options: [
    { name: 'older-than', value: 'WHEN', description: 'only objects removed before: 30d, 2026-01-31' },
    dryRunOption,
  ],
  examples: [
    { line: 'trash empty --dry-run', note: 'what would go' },
    { line: 'trash empty --older-than 30d --yes', note: 'from a script' },
  ],
  async run(context, _, options) {
    const older = options['older-than'];
    const before = older === undefined ? undefined : parseMoment(older, context.clock.now());
    const drive = await context.drive();
    const call = { signal: context.signal };
    const wanted: TrashEntry[] = [];
    for await (const entry of listTrash(drive.context, call))
      if (before === undefined || Date.parse(entry.deleted ?? '') < before) wanted.push(entry);
    const size = humanSize(wanted.reduce((sum, entry) => sum + (entry.size ?? 0), 0));
    if (options['dry-run']) {
      const action = 'permanently delete';
      const plan = wanted.map(({ path, id }) => ({ action, object: formatPath(path), id }));
      await printPlan(context, plan);
      return context.note(`That would free ${size}.`);
    }
    if (wanted.length === 0) return;
    await confirm(context, `permanently delete ${counted(wanted.length, 'object')} of ${size}`);
    await deleteTrash(
      drive.context,
      wanted.map(({ id }) => id),
      call,
    );
    await context.note(`Freed ${size}.`);
  },
});
